/** Whole-pixel rectangles around what a stroke touches. */

import type { Point, Rectangle } from './view-transform';

/** Every pixel within `radius` of the points and of the lines between them, clipped to the size; undefined if none. */
export function boundsOf(
  points: readonly Point[],
  radius: number,
  size: { readonly width: number; readonly height: number },
): Rectangle | undefined {
  if (points.length === 0) return undefined;
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const x = Math.max(0, Math.floor(Math.min(...xs) - radius));
  const y = Math.max(0, Math.floor(Math.min(...ys) - radius));
  const right = Math.min(size.width, Math.ceil(Math.max(...xs) + radius));
  const bottom = Math.min(size.height, Math.ceil(Math.max(...ys) + radius));
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : undefined;
}

/** The smallest rectangle that holds both. */
export function unionBounds(a: Rectangle | undefined, b: Rectangle): Rectangle {
  if (!a) return b;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}
