/**
 * A judge of nodules and masses that needs no training: how much denser a place is than what surrounds it, and how wide the
 * denser part is. For a drawn lesion give the film before as well: ribs and vessels then cancel.
 */

import type { Chest } from '../chest';
import type { DensityImage } from '../density';
import { CHEST_GRID } from '../field';

export interface Blob {
  /** Median density of the inner half of the radius less that of a ring just outside. */
  readonly contrast: number;
  /**
   * Twice the radius at which the ringwise mean has fallen to half of the contrast, in mm; NaN without contrast. Against the film
   * before, where nothing else differs, to a quarter: a ball's shadow thins out toward its edge.
   */
  readonly diameterMm: number;
}

const ROUND = 32;
const STEPS_PER_RADIUS = 20;

/**
 * @param at its centre as fractions of the image @param diameterMm as asked or found
 * @param before the same film without it, same size
 */
export function blobAt(
  image: DensityImage,
  chest: Chest,
  at: { readonly x: number; readonly y: number },
  diameterMm: number,
  before?: DensityImage,
): Blob {
  const radius = diameterMm / 2;
  const profile: number[] = [];
  for (let step = 0; step < 2 * STEPS_PER_RADIUS; step++) {
    const distance = ((step + 0.5) / STEPS_PER_RADIUS) * radius;
    profile.push(median(ring(image, chest, at, distance, before)));
  }
  const inside = median(profile.slice(0, STEPS_PER_RADIUS / 2));
  const outside = median(profile.slice(Math.round(1.3 * STEPS_PER_RADIUS), Math.round(1.7 * STEPS_PER_RADIUS)));
  const contrast = inside - outside;
  const edge = profile.findIndex(
    (value, step) => step > STEPS_PER_RADIUS / 4 && value < outside + contrast * (before === undefined ? 0.5 : 0.25),
  );
  return { contrast, diameterMm: contrast > 1e-4 && edge > 0 ? (edge / STEPS_PER_RADIUS) * diameterMm : NaN };
}

/** Densities on a circle, without those outside the image. */
function ring(
  { width, height, values }: DensityImage,
  chest: Chest,
  at: { readonly x: number; readonly y: number },
  mm: number,
  before?: DensityImage,
): number[] {
  const found: number[] = [];
  const rows = mm / chest.millimetresPerRow / CHEST_GRID;
  for (let k = 0; k < ROUND; k++) {
    const angle = ((k + 0.5) / ROUND) * 2 * Math.PI;
    const x = Math.floor((at.x + (rows * Math.cos(angle)) / chest.aspect) * width);
    const y = Math.floor((at.y + rows * Math.sin(angle)) * height);
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    const pixel = y * width + x;
    found.push((values[pixel] as number) - (before === undefined ? 0 : (before.values[pixel] as number)));
  }
  return found;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
