/** A polygon under construction: pure steps, one for each thing the user can do. */

import type { Point } from './view-transform';

/** CSS pixels around the first corner within which a click closes the polygon. */
export const CLOSING_REACH = 9;

/** Adds a corner, unless it falls on the one before (the second click of a double-click does). */
export function addCorner(corners: readonly Point[], corner: Point, sameWithin: number): readonly Point[] {
  const last = corners.at(-1);
  return last && distance(last, corner) <= sameWithin ? corners : [...corners, corner];
}

export function removeLastCorner(corners: readonly Point[]): readonly Point[] {
  return corners.slice(0, -1);
}

/** Whether a click at `at` means "close": the polygon has an inside and the click is on its first corner. */
export function closesAt(corners: readonly Point[], at: Point, reach: number): boolean {
  const first = corners[0];
  return first !== undefined && canClose(corners) && distance(first, at) <= reach;
}

/** Three corners or more that are not all on one line. */
export function canClose(corners: readonly Point[]): boolean {
  const [origin, ...rest] = corners;
  if (!origin) return false;
  return rest.some((a) =>
    rest.some((b) => Math.abs((a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)) > 1e-6),
  );
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
