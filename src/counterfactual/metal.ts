/**
 * Metal stays where opacity goes: a pacemaker over a lung is denser than the heart and has an edge, and the denoiser, which has hardly
 * seen one, takes it for opacity (docs/decisions/211). What is found is a device by these two signs alone; wires that a cell of
 * the networks' grid blurs are not.
 */

import { REGIONS } from '../findings/vocabulary';
import { GRID, type RegionMaps } from '../findings/regions';
import { GRID_SIZE } from '../imaging/resample';
import type { ImageGrid } from '../networks/typed';
import { blurredValues } from './sketch/field';
import { lungShare } from './realism/realism';

/** Share of the mediastinum that is less dense than metal. */
const DENSER_THAN = 0.9;
/** By how much metal stands out from what lies around it, of the difference between mediastinum and lung. */
const LEAST_CONTRAST = 0.5;
/** Pixels of 256: the ring that is compared, what is closed between parts of one device, and what is kept beside it. */
const RING = { from: 2, to: 5 } as const;
const GAP = 4;
const MARGIN = 1;
const SOFT = 1;
const LEAST_PIXELS = 8;
const LEAST_IN_LUNG = 0.6;
const LEAST_MEDIASTINUM = 50;

/**
 * @param before D(z), @param after D(e): [256 x 256] in about [-1, 1]
 * @param metal of `metalIn`
 * @returns `after`, where metal would become darker as it was
 */
export function withMetal(before: ImageGrid, after: ImageGrid, metal: Float32Array | undefined): ImageGrid {
  if (metal === undefined) return after;
  return after.map((value, at) => {
    const was = before[at] as number;
    return value >= was ? value : was + (value - was) * (1 - (metal[at] as number));
  });
}

/** How much of each pixel, [256 x 256], is metal over a lung; undefined where there is none, or no mediastinum to compare with. */
export function metalIn(image: ImageGrid, regions: RegionMaps): Float32Array | undefined {
  const lungs = lungShare(regions);
  const heart = values(image, (at) => mediastinumAt(regions, at) > 0.5);
  const lung = values(image, (at) => (lungs[at] as number) > 0.5);
  if (heart.length < LEAST_MEDIASTINUM || lung.length === 0) return undefined;
  const dense = quantile(heart, DENSER_THAN);
  const scale = quantile(heart, 0.5) - quantile(lung, 0.5);
  if (scale <= 0) return undefined;
  const inside = shrunk(
    lungs.map((share) => Number(share > 0.5)),
    RING.from,
  );
  const found = new Float32Array(image.length);
  for (const part of partsOf(image.map((value) => Number(value >= dense)))) {
    if (part.length < LEAST_PIXELS) continue;
    if (part.filter((at) => inside[at] === 1).length < LEAST_IN_LUNG * part.length) continue;
    const near = new Set(part.flatMap((at) => squareAround(at, RING.from)));
    const ring = new Set(part.flatMap((at) => squareAround(at, RING.to)).filter((at) => !near.has(at)));
    const around = Float32Array.from(ring, (at) => image[at] as number).sort();
    const mean = part.reduce((sum, at) => sum + (image[at] as number), 0) / part.length;
    if (mean - quantile(around, 0.5) > LEAST_CONTRAST * scale) for (const at of part) found[at] = 1;
  }
  if (!found.includes(1)) return undefined;
  const closed = grown(shrunk(grown(found, GAP), GAP), MARGIN);
  return blurredValues(closed, GRID_SIZE, GRID_SIZE, SOFT).map((value, at) => Math.max(value, closed[at] as number));
}

function mediastinumAt(regions: RegionMaps, at: number): number {
  const scale = GRID_SIZE / GRID;
  const cell = Math.floor(Math.floor(at / GRID_SIZE) / scale) * GRID + Math.floor((at % GRID_SIZE) / scale);
  return regions[cell * REGIONS.length + REGIONS.indexOf('mediastinum')] as number;
}

/** Sorted values of the pixels of which `counts` is true. */
function values(image: ImageGrid, counts: (at: number) => boolean): Float32Array {
  return image.filter((_, at) => counts(at)).sort();
}

const quantile = (sorted: Float32Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;

/** Pixels whose row and column are at most so far from those of another. */
function squareAround(at: number, reach: number): number[] {
  const [column, row] = [at % GRID_SIZE, Math.floor(at / GRID_SIZE)];
  const pixels: number[] = [];
  for (let y = Math.max(0, row - reach); y <= Math.min(GRID_SIZE - 1, row + reach); y++)
    for (let x = Math.max(0, column - reach); x <= Math.min(GRID_SIZE - 1, column + reach); x++)
      pixels.push(y * GRID_SIZE + x);
  return pixels;
}

/** Each pixel is the largest of the square that reaches so far from it. */
function grown(mask: Float32Array, reach: number): Float32Array {
  return alongRows(alongRows(mask, reach, 1), reach, GRID_SIZE);
}

const shrunk = (mask: Float32Array, reach: number): Float32Array =>
  grown(
    mask.map((value) => 1 - value),
    reach,
  ).map((value) => 1 - value);

function alongRows(mask: Float32Array, reach: number, stride: number): Float32Array {
  return mask.map((_, at) => {
    const place = Math.floor(at / stride) % GRID_SIZE;
    let most = 0;
    for (let by = -Math.min(reach, place); by <= Math.min(reach, GRID_SIZE - 1 - place); by++)
      most = Math.max(most, mask[at + by * stride] as number);
    return most;
  });
}

/** Pixels of a mask that touch by an edge, together. */
function partsOf(mask: Float32Array): readonly (readonly number[])[] {
  const left = new Set<number>();
  mask.forEach((value, at) => {
    if (value === 1) left.add(at);
  });
  const parts: number[][] = [];
  for (const first of left) {
    left.delete(first);
    const part = [first];
    for (const at of part) {
      const column = at % GRID_SIZE;
      const near = [
        at - GRID_SIZE,
        at + GRID_SIZE,
        ...(column > 0 ? [at - 1] : []),
        ...(column < GRID_SIZE - 1 ? [at + 1] : []),
      ];
      for (const next of near) if (left.delete(next)) part.push(next);
    }
    parts.push(part);
  }
  return parts;
}
