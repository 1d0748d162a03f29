/**
 * Devices and clips: what is sharper than anything of the chest. Many sharp parts close together are one device (the circuits of a
 * pacemaker, its case, its connectors and the coil of its leads), with all that lies between them; alone they are clips and clasps.
 */

import type { Box } from '../../imaging/box';
import { fillHoles, growMask, shrinkMask, unitShares } from '../../imaging/mask-morphology';
import { fillRuns, regionsOf, rowRuns } from '../../imaging/mask-runs';
import type { Mask } from '../../imaging/radiograph';
import { blurredValues, smoothstep } from '../sketch/field';
import { shownAt, type FineFilm } from './fine';

/** From so much of what is fine in the lungs something is sharp, and wholly at so much: vessels seen end on come to eight, once. */
const SHARP = [4.5, 7.5] as const;
/** The lungs' detail counts as no less than this, of heart over lung. */
const LEAST_DETAIL = 0.03;
/** The same of the parts of a device, and of the gaps between them. */
const PARTS = [3, 5.5] as const;
const FAINT = [2.6, 5] as const;
/** Sharp parts are close where they fill so much of what is within this (as a standard deviation, in mm): no lung without metal comes to it. */
const CLOSE_MM = 4;
const LUNG = 0.85;
const CLOSE = 0.2;
/** Where they may be close is looked for in blocks of so many mm, at so much of that; and around it up to so many mm. */
const BLOCK_MM = 2.8;
const ROUGHLY = 0.8;
const AROUND_MM = 40;
/** A device goes on where its parts fill so much of what is within this, no farther than that from where they are close; in mm. */
const NEAR_MM = 2;
const NEAR = 0.1;
const REACH_MM = 22;
/** What its rim goes around is its own: it is joined over twice this. Leads that go to it are narrower than twice that, in mm. */
const GAP_MM = 18;
const CORE_MM = 7;
/** No can is larger, with its coil of leads; in a chest without air every bone is sharp beside the lungs. In mm². */
const MOST_MM2 = 7000;
/** So much of it lies over a lung, well inside its borders: rib ends along the wall do not. */
const LEAST_INNER = 0.38;
/** What is around it by the blur is taken off again, in mm. */
const BLUR_MM = 2;
const SOFT_MM = 0.6;
/** A clip is so long at the least, in mm: what is seen of a vessel end on is shorter. */
const LEAST_CLIP_MM = 7;
const MOST_AT_BORDER = 0.6;

const unitOf = ({ detail, contrast }: Pick<FineFilm, 'detail' | 'contrast'>): number =>
  Math.max(detail, LEAST_DETAIL * contrast);

/** How much of each cell is device or clip, 0 to 1; undefined where the film shows none. */
export function devicesIn(
  film: FineFilm,
  isBorder: (x: number, y: number) => boolean = () => false,
): { readonly devices: Float32Array | undefined; readonly clips: Float32Array | undefined } {
  const box = mayBeDevice(film);
  const devices = box && clustersOf(cropped(film, box), (x, y) => isBorder(box.x + x, box.y + y));
  return { devices: devices && uncropped(devices, box, film), clips: clipsOf(film, isBorder) };
}

/** Where sharp parts are close, roughly and with all that a device may reach to; undefined where they are close nowhere. */
function mayBeDevice({ width, height, cellsPerMm, fine, lungs, ...film }: FineFilm): Box | undefined {
  const [across, down] = cellsPerMm;
  const side = Math.max(1, Math.round(BLOCK_MM * Math.min(across, down)));
  const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)];
  const blocks = new Float32Array(columns * rows);
  const unit = unitOf(film);
  const least = PARTS[0] * unit;
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / side) * columns;
    for (let x = 0; x < width; x++, at++) {
      const size = Math.abs(fine[at] as number);
      if (size <= least) continue;
      const block = row + Math.floor(x / side);
      blocks[block] = (blocks[block] as number) + smoothstep(PARTS[0], PARTS[1], size / unit) / (side * side);
    }
  }
  const near = blurredValues(blocks, columns, rows, (CLOSE_MM * across) / side, (CLOSE_MM * down) / side);
  let [left, right, top, bottom] = [width, -1, height, -1];
  near.forEach((share, block) => {
    if (share < ROUGHLY * CLOSE) return;
    const [x, y] = [(block % columns) * side, Math.floor(block / columns) * side];
    const isLung = [0, side - 1].some((j) =>
      [0, side - 1].some(
        (i) => (lungs[Math.min(height - 1, y + j) * width + Math.min(width - 1, x + i)] as number) > 0.5,
      ),
    );
    if (!isLung) return;
    [left, right, top, bottom] = [
      Math.min(left, x),
      Math.max(right, x + side),
      Math.min(top, y),
      Math.max(bottom, y + side),
    ];
  });
  if (right < 0) return undefined;
  const [wide, high] = [Math.ceil(AROUND_MM * across), Math.ceil(AROUND_MM * down)];
  const [x, y] = [Math.max(0, left - wide), Math.max(0, top - high)];
  return { x, y, width: Math.min(width, right + wide) - x, height: Math.min(height, bottom + high) - y };
}

function cropped(film: FineFilm, box: Box): FineFilm {
  const part = <Values extends Float32Array | Uint8Array>(values: Values, out: Values): Values => {
    for (let j = 0; j < box.height; j++) {
      const start = (box.y + j) * film.width + box.x;
      out.set(values.subarray(start, start + box.width), j * box.width);
    }
    return out;
  };
  const floats = (values: Float32Array): Float32Array => part(values, new Float32Array(box.width * box.height));
  const { soft, broad, fine, lungs, inChest } = film;
  return {
    ...film,
    width: box.width,
    height: box.height,
    soft: floats(soft),
    broad: floats(broad),
    fine: floats(fine),
    lungs: floats(lungs),
    inChest: part(inChest, new Uint8Array(box.width * box.height)),
  };
}

function uncropped(values: Float32Array, box: Box, { width, height }: FineFilm): Float32Array {
  const out = new Float32Array(width * height);
  for (let j = 0; j < box.height; j++)
    out.set(values.subarray(j * box.width, (j + 1) * box.width), (box.y + j) * width + box.x);
  return out;
}

function clustersOf(film: FineFilm, isBorder: (x: number, y: number) => boolean): Float32Array | undefined {
  const { width, height, cellsPerMm, lungs, fine } = film;
  const [across, down] = cellsPerMm;
  const unit = unitOf(film);
  const blur = (values: Float32Array, mm: number): Float32Array =>
    blurredValues(values, width, height, mm * across, mm * down);
  const mask = (counts: (at: number) => boolean): Mask => {
    const data = new Uint8Array(fine.length);
    for (let at = 0; at < data.length; at++) if (counts(at)) data[at] = 255;
    return { width, height, data };
  };
  const near = blur(
    fine.map((value) => smoothstep(PARTS[0], PARTS[1], Math.abs(value) / unit)),
    CLOSE_MM,
  );
  const sure = mask(
    (at) =>
      (near[at] as number) > CLOSE && (lungs[at] as number) > LUNG && !isBorder(at % width, Math.floor(at / width)),
  );
  if (!sure.data.includes(255)) return undefined;
  // Discs are round in cells; a cell is nearly as wide as it is high.
  const perMm = Math.sqrt(across * down);
  const close = withParts(
    mask((at) => (near[at] as number) > CLOSE / 2),
    sure,
  );
  const reach = growMask(close, REACH_MM * perMm).data;
  const tight = blur(
    fine.map((value, at) =>
      reach[at] === 255 ? smoothstep(FAINT[0], FAINT[1], Math.abs(value) / (unit * shownAt(film, at))) : 0,
    ),
    NEAR_MM,
  );
  const around = mask((at) => (tight[at] as number) > NEAR && reach[at] === 255);
  const joined = fillHoles(shrinkMask(growMask(around, GAP_MM * perMm), GAP_MM * perMm));
  const wide = growMask(shrinkMask(joined, CORE_MM * perMm), CORE_MM * perMm);
  const isInner = (at: number): boolean => (lungs[at] as number) > 0.5 && !isBorder(at % width, Math.floor(at / width));
  const whole = withParts(
    wide,
    sure,
    (cells) => cells.length < MOST_MM2 * across * down && cells.filter(isInner).length > LEAST_INNER * cells.length,
  );
  if (!whole.data.includes(255)) return undefined;
  return blur(unitShares(shrinkMask(whole, BLUR_MM * perMm)), SOFT_MM);
}

/** The parts of a mask in which another one is, and which count. */
function withParts(mask: Mask, inside: Mask, counts: (cells: readonly number[]) => boolean = () => true): Mask {
  const runs = rowRuns(mask);
  const { regionOf, areas } = regionsOf(runs, true);
  const parts = areas.map((): number[] => []);
  for (let y = 0; y < mask.height; y++)
    for (let run = runs.rows[y] as number; run < (runs.rows[y + 1] as number); run++)
      for (let x = runs.starts[run] as number; x < (runs.ends[run] as number); x++)
        parts[regionOf[run] as number]?.push(y * mask.width + x);
  const kept = parts.map((cells) => cells.some((cell) => inside.data[cell] === 255) && counts(cells));
  const data = new Uint8Array(mask.data.length);
  fillRuns(data, runs, 255, (run) => kept[regionOf[run] as number] === true);
  return { ...mask, data };
}

/** What is sharp in part, and long enough. */
function clipsOf(film: FineFilm, isBorder: (x: number, y: number) => boolean): Float32Array | undefined {
  const { width, height, cellsPerMm, fine, inChest } = film;
  const [across, down] = cellsPerMm;
  const unit = unitOf(film);
  const [least, sure] = [SHARP[0] * unit, SHARP[1] * unit];
  const seen = new Uint8Array(fine.length);
  const out = new Float32Array(fine.length);
  let found = false;
  for (let start = 0; start < fine.length; start++) {
    if (seen[start] !== 0 || (fine[start] as number) < sure) continue;
    const cells = [start];
    seen[start] = 1;
    let atBorder = 0;
    let [left, right, top, bottom] = [width, 0, height, 0];
    for (let next = 0; next < cells.length; next++) {
      const cell = cells[next] as number;
      const [x, y] = [cell % width, Math.floor(cell / width)];
      if (isBorder(x, y)) atBorder++;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++)
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
          const near = j * width + i;
          if (seen[near] !== 0 || (fine[near] as number) <= least) continue;
          seen[near] = 1;
          cells.push(near);
        }
    }
    const long = Math.hypot((right - left + 1) / across, (bottom - top + 1) / down);
    const isBeside = cells.every((cell) => inChest[cell] === 0);
    if (isBeside || long < LEAST_CLIP_MM || atBorder > MOST_AT_BORDER * cells.length) continue;
    found = true;
    for (const cell of cells) out[cell] = smoothstep(SHARP[0], SHARP[1], (fine[cell] as number) / unit);
  }
  return found ? out : undefined;
}
