/** A pointer reports a few points of a stroke; these are the discs that make it continuous. */

import type { Point, Rectangle } from './view-transform';

/** Centres stand this part of the radius apart: the scallops between discs stay below 1 % of the radius. */
const SPACING = 0.25;

/**
 * Disc centres after `from` up to and including `to`, evenly spaced, never more than max(1 pixel, radius/4) apart.
 * Without `from` the stroke begins at `to`.
 */
export function interpolateStroke(from: Point | undefined, to: Point, radius: number): Point[] {
  if (!from) return [to];
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const count = Math.max(1, Math.ceil(distance / Math.max(1, radius * SPACING)));
  return Array.from({ length: count }, (_, index) => {
    const t = (index + 1) / count;
    return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
  });
}

/** Whole pixels that discs of `radius` about the points can touch, clipped to width × height; undefined if none. */
export function strokeBounds(
  points: readonly Point[],
  radius: number,
  width: number,
  height: number,
): Rectangle | undefined {
  if (points.length === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x - radius);
    right = Math.max(right, x + radius);
    top = Math.min(top, y - radius);
    bottom = Math.max(bottom, y + radius);
  }
  const x = Math.max(0, Math.floor(left) - 1);
  const y = Math.max(0, Math.floor(top) - 1);
  const x1 = Math.min(width, Math.ceil(right) + 1);
  const y1 = Math.min(height, Math.ceil(bottom) + 1);
  return x1 > x && y1 > y ? { x, y, width: x1 - x, height: y1 - y } : undefined;
}
