/** Shapes that a drag spans, as closed paths. Pure. */

import type { Point } from './view-transform';

/** Corners of the polygon that stands for an ellipse: within a tenth of a pixel at a radius of 1,000. */
const ELLIPSE_CORNERS = 256;

/**
 * The other corner of a box from `from` to `to`, made square on the screen.
 * @param aspect CSS pixels a native pixel along each axis, up to a common factor
 */
export function squared(from: Point, to: Point, [ax, ay]: readonly [number, number]): Point {
  const side = Math.max(Math.abs(to.x - from.x) * ax, Math.abs(to.y - from.y) * ay);
  return { x: from.x + (Math.sign(to.x - from.x) * side) / ax, y: from.y + (Math.sign(to.y - from.y) * side) / ay };
}

export function boxPath(from: Point, to: Point): readonly Point[] {
  return [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }];
}

/** The ellipse that fills the box. */
export function ellipsePath(from: Point, to: Point): readonly Point[] {
  const [cx, cy] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const [rx, ry] = [(to.x - from.x) / 2, (to.y - from.y) / 2];
  return Array.from({ length: ELLIPSE_CORNERS }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / ELLIPSE_CORNERS;
    return { x: cx + rx * Math.cos(angle), y: cy + ry * Math.sin(angle) };
  });
}

/** The path with a further point, unless that is nearer than `least` to its end. */
export function extendedPath(path: readonly Point[], point: Point, least: number): readonly Point[] {
  const end = path.at(-1);
  return end && Math.hypot(point.x - end.x, point.y - end.y) < least ? path : [...path, point];
}
