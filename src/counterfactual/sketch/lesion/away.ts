/**
 * A lesion drawn away: inside what is painted, lung of the same film in its place, brought to the lesion's own surroundings by
 * a membrane over their difference (Pérez, Gangnet & Blake, "Poisson image editing", SIGGRAPH 2003).
 */

import { distanceToSet } from '../../../imaging/distance';
import type { Mask } from '../../../imaging/radiograph';
import { SketchImpossibleError } from '../../errors';
import { densityAt, type DensityImage } from '../density';
import { smoothstep, type Box } from '../field';
import { paintedIn } from '../painted';
import type { Sketch, SketchContext } from '../sketch';
import { loansFor, type Loan, type Patch } from './borrow';
import { contrastOf } from './contrast';

/** Pixels that the painted part has across where sources are looked for. */
const ACROSS = 40;
/** How far its surroundings reach, as a share of its greater side; pixels where that is less. */
const AROUND = 0.3;
const LEAST_AROUND = 3;
/** Of the painted part's radius: how wide the change fades in. */
const FADE = 0.22;
const SWEEPS = 300;

/** @param mask native size @throws SketchImpossibleError where no lung can stand in */
export function drawAway({ image, chest }: SketchContext, mask: Mask, seed: number): Sketch {
  const whole: Box = { x: 0, y: 0, width: image.width, height: image.height };
  const painted = paintedIn(mask, whole, image.width, image.height);
  const own = boundsOf(painted, image);
  const pad = Math.max(LEAST_AROUND, Math.round(AROUND * Math.max(own.width, own.height)));
  const box = grown(own, pad, image);
  const shrink = Math.min(1, ACROSS / Math.max(own.width, own.height));
  const [width, height] = [
    Math.max(8, Math.round(image.width * shrink)),
    Math.max(8, Math.round(image.height * shrink)),
  ];
  const coarse = densityAt(image, width, height);
  const inside = paintedIn(mask, { x: 0, y: 0, width, height }, width, height);
  const patch = patchOf(inside, width, scaled(box, width / image.width, height / image.height, width, height));
  const loans = loansFor(coarse, chest, patch);
  const loan = loans[(seed + loans.length - 1) % Math.max(1, loans.length)];
  if (loan === undefined) {
    throw new SketchImpossibleError(
      'What is painted is too large for any lung of this film to stand in for it.',
      'Paint less, or erase opacity there, which is left to the denoiser.',
    );
  }
  const membrane = membraneOf(coarse, patch, loan);
  return replaced(image, box, painted, loan, membrane, [width / image.width, height / image.height], patch);
}

type Filled = (x: number, y: number) => number;

/** What has to be added to the source, of coarse pixels: the difference around the lesion, and inside it a membrane over that. */
function membraneOf(coarse: DensityImage, { cx, inside, ring }: Patch, { dx, dy, flip }: Loan): Filled {
  const { width, height, values } = coarse;
  const read = (x: number, y: number): number =>
    values[
      Math.min(height - 1, Math.max(0, Math.round(y))) * width + Math.min(width - 1, Math.max(0, Math.round(x)))
    ] ?? 0;
  const field = new Map<number, number>();
  for (const [x, y] of ring) field.set(y * width + x, read(x, y) - read(cx + dx + flip * (x - cx), y + dy));
  const start = [...field.values()].reduce((sum, value) => sum + value, 0) / Math.max(1, field.size);
  for (const [x, y] of inside) field.set(y * width + x, start);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [x, y] of inside) {
      let [sum, count] = [0, 0];
      for (const near of [y * width + x - 1, y * width + x + 1, (y - 1) * width + x, (y + 1) * width + x]) {
        const value = field.get(near);
        if (value === undefined) continue;
        sum += value;
        count++;
      }
      if (count > 0) field.set(y * width + x, sum / count);
    }
  }
  return (x, y) => {
    const [x0, y0] = [Math.floor(x), Math.floor(y)];
    const [fx, fy] = [x - x0, y - y0];
    const of = (column: number, row: number): number => field.get(row * width + column) ?? start;
    return (
      (of(x0, y0) * (1 - fx) + of(x0 + 1, y0) * fx) * (1 - fy) +
      (of(x0, y0 + 1) * (1 - fx) + of(x0 + 1, y0 + 1) * fx) * fy
    );
  };
}

function replaced(
  image: DensityImage,
  box: Box,
  painted: Float32Array,
  { dx, dy, flip }: Loan,
  membrane: Filled,
  [toX, toY]: readonly [number, number],
  { cx, cy }: Patch,
): Sketch {
  const isInside = (x: number, y: number): boolean => (painted[(box.y + y) * image.width + box.x + x] ?? 0) >= 0.5;
  const depth = distanceToSet(box.width, box.height, (x, y) => !isInside(x, y));
  let area = 0;
  for (let y = 0; y < box.height; y++) for (let x = 0; x < box.width; x++) if (isInside(x, y)) area++;
  const radius = Math.sqrt(area / Math.PI);
  const fade = Math.max(1, FADE * radius);
  const change = new Float32Array(box.width * box.height);
  const mask = new Uint8Array(change.length);
  // The middle in native pixels, whole ones, so that the source's noise is copied and not interpolated.
  const [middleX, middleY] = [(cx + 0.5) / toX - 0.5, (cy + 0.5) / toY - 0.5];
  const [shiftX, shiftY] = [Math.round(dx / toX), Math.round(dy / toY)];
  const sourceAt = (x: number, y: number): number => {
    const column = flip === 1 ? x + shiftX : Math.round(2 * middleX) - x + shiftX;
    return image.values[clamped(y + shiftY, image.height) * image.width + clamped(column, image.width)] ?? 0;
  };
  for (let row = 0, i = 0; row < box.height; row++) {
    for (let column = 0; column < box.width; column++, i++) {
      const deep = Math.sqrt(depth[i] ?? 0);
      const weight = smoothstep(0, fade, deep);
      if (weight === 0) continue;
      const [x, y] = [box.x + column, box.y + row];
      const put = sourceAt(x, y) + membrane((x + 0.5) * toX - 0.5, (y + 0.5) * toY - 0.5);
      change[i] = weight * (put - (image.values[y * image.width + x] ?? 0));
      mask[i] = Math.max(1, Math.round(255 * weight));
    }
  }
  const place = { x: middleX, y: middleY, radius };
  const after = image.values.slice();
  for (let row = 0, i = 0; row < box.height; row++) {
    for (let column = 0, at = (box.y + row) * image.width + box.x; column < box.width; column++, i++, at++)
      after[at] = (after[at] ?? 0) + (change[i] ?? 0);
  }
  return {
    box,
    change,
    mask,
    figures: {
      amount: 0,
      contrastBefore: contrastOf(image, place),
      contrastAfter: contrastOf({ ...image, values: after }, place),
      centreX: middleX / image.width,
      centreY: middleY / image.height,
      radius: radius / image.width,
    },
  };
}

function patchOf(inside: Float32Array, width: number, box: Box): Patch {
  const [within, ring]: [[number, number][], [number, number][]] = [[], []];
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) ((inside[y * width + x] ?? 0) >= 0.5 ? within : ring).push([x, y]);
  }
  const middle = (axis: 0 | 1): number =>
    Math.round(within.reduce((sum, point) => sum + point[axis], 0) / Math.max(1, within.length));
  return { cx: middle(0), cy: middle(1), inside: within, ring };
}

function boundsOf(painted: Float32Array, { width, height }: DensityImage): Box {
  let [x0, y0, x1, y1] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((painted[y * width + x] ?? 0) < 0.5) continue;
      [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
    }
  }
  return x1 < 0 ? { x: 0, y: 0, width: 1, height: 1 } : { x: x0, y: y0, width: x1 - x0 + 1, height: y1 - y0 + 1 };
}

function grown(
  { x, y, width, height }: Box,
  by: number,
  image: { readonly width: number; readonly height: number },
): Box {
  const [x0, y0] = [Math.max(0, x - by), Math.max(0, y - by)];
  return {
    x: x0,
    y: y0,
    width: Math.min(image.width, x + width + by) - x0,
    height: Math.min(image.height, y + height + by) - y0,
  };
}

function scaled({ x, y, width, height }: Box, toX: number, toY: number, w: number, h: number): Box {
  const [x0, y0] = [Math.floor(x * toX), Math.floor(y * toY)];
  return {
    x: x0,
    y: y0,
    width: Math.min(w, Math.ceil((x + width) * toX)) - x0,
    height: Math.min(h, Math.ceil((y + height) * toY)) - y0,
  };
}

const clamped = (at: number, size: number): number => Math.min(size - 1, Math.max(0, at));
