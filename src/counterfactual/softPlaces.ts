/**
 * Places as a soft mask at native size, from the anatomist's probabilities: along the lung's border it follows the border,
 * where one zone meets the next it fades over some cells. A threshold of a 32 x 32 map had flat tops, square corners, and a
 * chain of blobs along the diaphragm (docs/decisions/112-soft-zones.md).
 */

import { GRID, GRID_CELLS } from '../findings/regions';
import type { Mask } from '../imaging/radiograph';
import { resizeBicubic } from '../imaging/resample';

/** Share of lung in which the mask rises from nothing to all at the border. */
const BORDER = [0.3, 0.6] as const;
/** Share of the lung here that the places have, in which they fade into their neighbours. */
const MEETING = [0.2, 0.8] as const;
/** Binomial weights: a B-spline's, which has no overshoot to make blobs of. */
const NARROW = [1, 2, 1];
const WIDE = [1, 4, 6, 4, 1];
const NOTHING = 1e-3;

/**
 * @param own [32 x 32], 0 to 1: the places
 * @param whole [32 x 32]: all that they are part of and may fade into, both lungs say; the same as `own` where there is no such thing
 */
export function softPlaces(own: Float32Array, whole: Float32Array, width: number, height: number): Mask {
  const [part, all] = [smoothed(smoothed(own, WIDE), NARROW), smoothed(smoothed(whole, WIDE), NARROW)];
  // Of the smoothed maps, so that the share is told beside the border as it is within.
  const share = Float32Array.from({ length: GRID_CELLS }, (_, cell) =>
    Math.min(1, (part[cell] ?? 0) / Math.max(NOTHING, all[cell] ?? 0)),
  );
  const near = resizeBicubic(smoothed(share, NARROW), GRID, GRID, width, height);
  const border = resizeBicubic(smoothed(whole, NARROW), GRID, GRID, width, height);
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++)
    data[i] = Math.round(255 * rising(border[i] ?? 0, BORDER) * rising(near[i] ?? 0, MEETING));
  return { width, height, data };
}

/** Smoothstep from 0 at `from` to 1 at `to`. */
function rising(value: number, [from, to]: readonly [number, number]): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** Weighted mean of neighbours along both axes; beyond the edge lies what lies at the edge. */
function smoothed(map: Float32Array, weights: readonly number[]): Float32Array<ArrayBuffer> {
  const reach = (weights.length - 1) / 2;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const within = (at: number): number => Math.min(GRID - 1, Math.max(0, at));
  const along = (from: Float32Array, at: (x: number, y: number, k: number) => number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: GRID_CELLS }, (_, cell) => {
      const x = cell % GRID;
      const y = Math.floor(cell / GRID);
      return weights.reduce((sum, weight, k) => sum + weight * (from[at(x, y, k - reach)] ?? 0), 0) / total;
    });
  const across = along(map, (x, y, k) => y * GRID + within(x + k));
  return along(across, (x, y, k) => within(y + k) * GRID + x);
}
