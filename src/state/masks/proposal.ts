/** A lesion cut from a map of the reader at a threshold: first as an outline to look at, then as a mask. Pure. */

import { emptyMask, fillPolygons } from '../../imaging/mask';
import { largestRegion } from '../../imaging/mask-morphology';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { resizeBicubic } from '../../imaging/resample';
import { contours, signedArea, type Loop } from '../../viewport/geometry/contour';
import type { Proposal } from '../slices/masksPanel';

const GRID = 32;
/** Side of the field that is cut; the outline lies between its samples. */
const FIELD = 256;
/** Loops smaller than this part of the image are noise of the map. */
const LEAST_AREA = 0.0002;

export const THRESHOLD = { min: 0.02, max: 0.98, step: 0.01 } as const;

/** One half, or somewhat below the peak of a map that does not reach it. */
export function initialThreshold(map: Float32Array): number {
  const peak = map.reduce((most, value) => Math.max(most, value), 0);
  const threshold = peak > 0.55 ? 0.5 : 0.7 * peak;
  return Math.min(THRESHOLD.max, Math.max(THRESHOLD.min, Math.round(threshold * 100) / 100));
}

/**
 * Closed loops in [0, 1] across the image around where the map is at least the threshold; holes turn the other way.
 * @param map 32 x 32 values in [0, 1]
 */
export function proposalLoops(
  map: Float32Array,
  { threshold, largestOnly }: Pick<Proposal, 'threshold' | 'largestOnly'>,
): readonly Loop[] {
  const peak = map.reduce((most, value) => Math.max(most, value), 0);
  // Interpolation overshoots beside a steep edge; nothing is surer than the surest cell.
  const field = resizeBicubic(map, GRID, GRID, FIELD, FIELD).map((value) => Math.min(peak, value));
  if (largestOnly) keepLargest(field, threshold);
  return contours({ width: FIELD, height: FIELD, data: field }, threshold)
    .map((loop) => loop.map((value) => value / FIELD))
    .filter((loop) => Math.abs(signedArea(loop)) >= LEAST_AREA);
}

function keepLargest(field: Float32Array, threshold: number): void {
  const inside: Mask = {
    width: FIELD,
    height: FIELD,
    data: Uint8Array.from(field, (value) => (value >= threshold ? 255 : 0)),
  };
  const { data } = largestRegion(inside);
  field.forEach((value, i) => {
    if (value >= threshold && data[i] === 0) field[i] = 0;
  });
}

/** The mask that the outline encloses; undefined where there is none. */
export function proposalMask(
  loops: readonly Loop[],
  { width, height }: Pick<Radiograph, 'width' | 'height'>,
): Mask | undefined {
  if (loops.length === 0) return undefined;
  const polygons = loops.map((loop) =>
    Array.from({ length: loop.length / 2 }, (_, i) => ({
      x: (loop[2 * i] as number) * width,
      y: (loop[2 * i + 1] as number) * height,
    })),
  );
  return fillPolygons(emptyMask(width, height), polygons, 255);
}
