/**
 * What in a lung's detail runs in lines that are none of its vessels: edges of ribs, collar bone and shoulder blade, also where they
 * cross one another. It is told by averages along short straight lines of all directions: the one that stands out most is the direction
 * of an edge, and vessels of a lung run toward its hilum.
 */

import type { Chest } from '../chest';
import { blurredValues, CHEST_GRID, fieldIn, smoothstep, type Box, type Field } from '../field';
import type { Hemithorax } from './hemithorax';
import type { Layers } from './layers';
import { wallOf } from './wall';

const DIRECTIONS = 12;
/** Half the length that is averaged over; what one average blurs of an edge is found by the next (twicing: Tukey 1977). */
const REACH_MM = 8;
const ROUNDS = 3;
const EVEN_MM = 1.2;
/** Beside vessels what stands out most is nothing of its own: a line is as strong as this, of what is within so many mm around it. */
const CLEAR = [0.25, 0.7] as const;
const AROUND_MM = 3;
/** Lines that run to the hilum within the first angle are vessels, beyond the second they are not: cosines of twice these. */
const RADIAL = [Math.cos((2 * 18 * Math.PI) / 180), Math.cos((2 * 35 * Math.PI) / 180)] as const;
/** Up from the hilum and down from it vessels are steep, bone is only along the wall: cosines of twice the angle to the horizontal. */
const STEEP = [Math.cos((2 * 60 * Math.PI) / 180), Math.cos((2 * 46 * Math.PI) / 180)] as const;
/** So near to the wall, in mm, vessels are too narrow to be seen, and all that runs in lines is bone or its edge. */
const WALL_MM = [12, 5] as const;

/**
 * @param detail on the working grid: what is narrower than a rib, without what is known to be one
 * @returns the part of it that runs in lines across the way to the hilum, [box.height x box.width]
 */
export function linesAcross(
  detail: Float32Array,
  { film, cellsPerMm }: Layers,
  chest: Chest,
  hemithorax: Hemithorax,
  box: Box,
): Float32Array {
  const [across, down] = cellsPerMm;
  const pad = Math.ceil(REACH_MM * Math.max(across, down)) + 1;
  const [w, h] = [box.width + 2 * pad, box.height + 2 * pad];
  const rest = new Float32Array(w * h);
  for (let y = 0, cell = 0; y < h; y++) {
    const row = Math.min(film.height - 1, Math.max(0, box.y + y - pad)) * film.width;
    for (let x = 0; x < w; x++, cell++)
      rest[cell] = detail[row + Math.min(film.width - 1, Math.max(0, box.x + x - pad))] as number;
  }
  const shares = sharesOf(film, chest, hemithorax, box, cellsPerMm);
  const count = box.width * box.height;
  const [out, best, mean, share] = [0, 1, 2, 3].map(() => new Float32Array(count)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let round = 0; round < ROUNDS; round++) {
    best.fill(0);
    share.fill(0);
    for (let k = 0; k < DIRECTIONS; k++) {
      const angle = (k * Math.PI) / DIRECTIONS;
      alongLine(rest, w, pad, box, [Math.cos(angle) * across, Math.sin(angle) * down], mean);
      const [cos, sin] = [Math.cos(2 * angle), Math.sin(2 * angle)];
      const level = smoothstep(STEEP[0], STEEP[1], cos);
      for (let cell = 0; cell < count; cell++) {
        const own = mean[cell] as number;
        if (Math.abs(own) <= Math.abs(best[cell] as number)) continue;
        best[cell] = own;
        const radial = (shares.cos[cell] as number) * cos + (shares.sin[cell] as number) * sin;
        share[cell] = Math.max(shares.near[cell] as number, level * smoothstep(RADIAL[0], RADIAL[1], radial));
      }
    }
    const around = blurredValues(
      rest.map((value) => Math.abs(value)),
      w,
      h,
      AROUND_MM * across,
      AROUND_MM * down,
    );
    for (let j = 0, cell = 0; j < box.height; j++)
      for (let i = 0, at = (j + pad) * w + pad; i < box.width; i++, at++, cell++)
        share[cell] =
          (share[cell] as number) *
          smoothstep(CLEAR[0], CLEAR[1], Math.abs(best[cell] as number) / ((around[at] as number) + 1e-9));
    // From place to place another direction stands out: without this what is kept would begin and end with a step.
    const even = blurredValues(share, box.width, box.height, EVEN_MM * across, EVEN_MM * down);
    for (let j = 0, cell = 0; j < box.height; j++)
      for (let i = 0, at = (j + pad) * w + pad; i < box.width; i++, at++, cell++) {
        const kept = (even[cell] as number) * (best[cell] as number);
        out[cell] = (out[cell] as number) + kept;
        rest[at] = (rest[at] as number) - kept;
      }
  }
  return out;
}

/** By cell of the box: twice the angle of the way to the hilum, and 1 near the wall. */
function sharesOf(
  { width, height }: Field,
  chest: Chest,
  hemithorax: Hemithorax,
  box: Box,
  [across, down]: readonly [number, number],
): { readonly cos: Float32Array; readonly sin: Float32Array; readonly near: Float32Array } {
  const { x, y } = hemithorax.lung.hilum;
  const [cx, cy] = [(x / CHEST_GRID) * width, (y / CHEST_GRID) * height];
  const near = fieldIn(wallOf(chest, hemithorax).distance, box, width, height).map((mm) =>
    smoothstep(WALL_MM[0], WALL_MM[1], mm),
  );
  const [cos, sin] = [new Float32Array(near.length), new Float32Array(near.length)];
  for (let j = 0, cell = 0; j < box.height; j++)
    for (let i = 0; i < box.width; i++, cell++) {
      const [dx, dy] = [(box.x + i + 0.5 - cx) / across, (box.y + j + 0.5 - cy) / down];
      const square = Math.max(1, dx * dx + dy * dy);
      cos[cell] = (dx * dx - dy * dy) / square;
      sin[cell] = (2 * dx * dy) / square;
    }
  return { cos, sin, near };
}

/** Averages along a line of REACH_MM to both sides; `way` in cells a mm. Between rows or columns, whichever it crosses, it is linear. */
function alongLine(
  values: Float32Array,
  width: number,
  pad: number,
  box: Box,
  [dx, dy]: readonly [number, number],
  out: Float32Array,
): void {
  const isLevel = Math.abs(dx) >= Math.abs(dy);
  const [major, minor] = isLevel ? [dx, dy] : [dy, dx];
  const steps = Math.floor(REACH_MM * Math.abs(major));
  const [ahead, aside] = isLevel ? [1, width] : [width, 1];
  out.fill(0);
  let total = 0;
  for (let k = -steps; k <= steps; k++) total += weightAt(k / major);
  for (let k = -steps; k <= steps; k++) {
    const off = (k * minor) / major;
    const low = Math.floor(off);
    const share = weightAt(k / major) / total;
    const [first, second] = [share * (1 - (off - low)), share * (off - low)];
    const shift = k * ahead + low * aside;
    for (let j = 0, cell = 0; j < box.height; j++) {
      const start = (j + pad) * width + pad + shift;
      for (let at = start; at < start + box.width; at++, cell++)
        out[cell] = (out[cell] as number) + first * (values[at] as number) + second * (values[at + aside] as number);
    }
  }
}

function weightAt(mm: number): number {
  return Math.exp(-2 * (mm / REACH_MM) ** 2);
}
