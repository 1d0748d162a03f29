/**
 * A round brush drawn through points, written into a mask in place. Where dabs of one stroke overlap the strongest counts, so a
 * stroke is as even as if it were drawn at once, however its points were batched.
 */

import type { Mask } from './radiograph';

export interface BrushPoint {
  readonly x: number;
  readonly y: number;
  /** Share of the radius in (0, 1]; 1 if left out. A pen's pressure. */
  readonly width?: number;
}

export interface Brush {
  /** Pixels. */
  readonly radius: number;
  /** Share of the radius that is painted in full, in [0, 1]; beyond it the strength falls smoothly to 0 at the rim. */
  readonly hardness: number;
}

/** Which part of each row a stroke may have changed: columns from `left` up to, without, `right`; none where `right` is not greater. */
export interface RowSpans {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

export function emptySpans(height: number): RowSpans {
  return { left: new Int32Array(height).fill(0x7fffffff), right: new Int32Array(height) };
}

export interface StrokeOptions {
  /** The first point was painted before, with the same brush: only what the line adds to it is looked at. */
  readonly continues?: boolean;
  /** The last line is left to a call that begins with it: what lies ahead of it then need not be painted if the brush goes on. */
  readonly unfinished?: boolean;
  /** Widened by what is looked at. */
  readonly spans?: RowSpans;
}

/** Pixels; a shorter line has no direction, and is a dab where it ends. */
const LEAST_LENGTH = 1e-9;

/** A line between two points, with radii at its ends. */
interface Segment {
  readonly from: BrushPoint;
  readonly to: BrushPoint;
  readonly dx: number;
  readonly dy: number;
  readonly length2: number;
  readonly startRadius: number;
  readonly growth: number;
}

/**
 * Paints (`value` 255: nothing gets weaker) or erases (`value` 0: nothing gets stronger) along the line through the points.
 * Where the brush was before, nothing can change: a segment is looked at only beside and ahead of its line, and ahead only
 * where the next one is not stronger. A large brush moved a little so costs a crescent and not a disc.
 */
export function strokeInto(
  mask: Mask,
  points: readonly BrushPoint[],
  brush: Brush,
  value: 0 | 255,
  { continues = false, unfinished = false, spans }: StrokeOptions = {},
): void {
  const lines = points.slice(1).map((to, i) => segmentOf(points[i] ?? to, to, brush.radius));
  const [first] = points;
  const segments = continues || !first ? lines : [segmentOf(first, first, brush.radius), ...lines];
  segments.slice(0, unfinished ? -1 : undefined).forEach((segment, i) => {
    const next = segments[i + 1];
    // A brush that narrows is not everywhere stronger than the disc it begins with.
    paintSegment(
      mask,
      segment,
      next && next.growth >= 0 && next.length2 > 0 ? next : undefined,
      brush.hardness,
      value,
      spans,
    );
  });
}

function segmentOf(from: BrushPoint, to: BrushPoint, radius: number): Segment {
  const far = Math.hypot(to.x - from.x, to.y - from.y) > LEAST_LENGTH;
  const [dx, dy] = far ? [to.x - from.x, to.y - from.y] : [0, 0];
  const startRadius = radius * (from.width ?? 1);
  return { from, to, dx, dy, length2: dx * dx + dy * dy, startRadius, growth: radius * (to.width ?? 1) - startRadius };
}

function paintSegment(
  mask: Mask,
  segment: Segment,
  next: Segment | undefined,
  hardness: number,
  value: 0 | 255,
  spans: RowSpans | undefined,
): void {
  const { width, height, data } = mask;
  const { from, to, dx, dy, length2, startRadius, growth } = segment;
  const widest = Math.max(startRadius, startRadius + growth);
  const core = hardness * Math.min(startRadius, startRadius + growth);
  const perLength2 = length2 === 0 ? 0 : 1 / length2;
  const y1 = Math.min(height - 1, Math.ceil(Math.max(from.y, to.y) + widest));
  for (let y = Math.max(0, Math.floor(Math.min(from.y, to.y) - widest)); y <= y1; y++) {
    const span = rowSpan(segment, widest, y + 0.5);
    if (!span) continue;
    const part = newPart(segment, next, y + 0.5);
    const x0 = Math.max(0, Math.floor(span[0]) - 1, part[0]);
    const x1 = Math.min(width - 1, Math.ceil(span[1]), part[1]);
    if (x1 < x0) continue;
    const row = y * width;
    const py = y + 0.5 - from.y;
    let left = x0;
    let right = x1;
    if (hardness >= 1) {
      while (left <= right && !isInside(segment, left + 0.5 - from.x, py)) left++;
      while (right >= left && !isInside(segment, right + 0.5 - from.x, py)) right--;
      if (right < left) continue;
      data.fill(value, row + left, row + right + 1);
    } else {
      const full = rowSpan(segment, core, y + 0.5);
      const full0 = full ? Math.max(x0, Math.ceil(full[0] - 0.5) + 1) : x1 + 1;
      const full1 = full ? Math.min(x1, Math.floor(full[1] - 0.5) - 1) : x1;
      const hasFull = full0 <= full1;
      if (hasFull) data.fill(value, row + full0, row + full1 + 1);
      for (let x = x0; x <= x1; x++) {
        if (hasFull && x === full0) {
          x = full1;
          continue;
        }
        const old = data[row + x] as number;
        if (old === value) continue;
        const px = x + 0.5 - from.x;
        const along = (px * dx + py * dy) * perLength2;
        const t = length2 === 0 || along > 1 ? 1 : along < 0 ? 0 : along;
        const ex = px - t * dx;
        const ey = py - t * dy;
        const reach = startRadius + t * growth;
        const distance2 = ex * ex + ey * ey;
        if (distance2 >= reach * reach) continue;
        const strength = falloff(Math.sqrt(distance2), reach, hardness);
        if (value === 0 ? 255 - strength < old : strength > old)
          data[row + x] = value === 0 ? 255 - strength : strength;
      }
    }
    if (spans) {
      if (left < (spans.left[y] as number)) spans.left[y] = left;
      if (right >= (spans.right[y] as number)) spans.right[y] = right + 1;
    }
  }
}

function isInside({ dx, dy, length2, startRadius, growth }: Segment, px: number, py: number): boolean {
  const t = length2 === 0 ? 1 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
  return (px - t * dx) ** 2 + (py - t * dy) ** 2 <= (startRadius + t * growth) ** 2;
}

const EVERYWHERE: readonly [number, number] = [-Infinity, Infinity];

/** The columns of a row where a segment can add to what was painted before it and to what `next` will paint; a little too wide. */
function newPart(segment: Segment, next: Segment | undefined, y: number): readonly [number, number] {
  const beside = segment.length2 === 0 ? EVERYWHERE : halfRow(segment.from, segment.dx, segment.dy, y);
  if (!next) return beside;
  const aside = halfRow(next.from, -next.dx, -next.dy, y);
  if (segment.length2 === 0) return aside;
  const before = halfRow(segment.to, -segment.dx, -segment.dy, y);
  return [Math.max(beside[0], Math.min(before[0], aside[0])), Math.min(beside[1], Math.max(before[1], aside[1]))];
}

/** The columns whose centres lie on the side of a point that (dx, dy) shows, one more for rounding; [Infinity, -Infinity] for none. */
function halfRow(point: BrushPoint, dx: number, dy: number, y: number): readonly [number, number] {
  const offset = (y - point.y) * dy;
  if (dx === 0) return offset < 0 ? [Infinity, -Infinity] : EVERYWHERE;
  const border = point.x - offset / dx - 0.5;
  return dx > 0 ? [Math.floor(border) - 1, Infinity] : [-Infinity, Math.ceil(border) + 1];
}

/** Where a row crosses the capsule around a segment: both end discs and the band between them, together one span. */
function rowSpan(
  { from, to, dx, dy, length2 }: Segment,
  radius: number,
  y: number,
): readonly [number, number] | undefined {
  let least = Infinity;
  let most = -Infinity;
  const start2 = radius * radius - (y - from.y) ** 2;
  if (start2 >= 0) {
    least = from.x - Math.sqrt(start2);
    most = from.x + Math.sqrt(start2);
  }
  const end2 = radius * radius - (y - to.y) ** 2;
  if (end2 >= 0) {
    least = Math.min(least, to.x - Math.sqrt(end2));
    most = Math.max(most, to.x + Math.sqrt(end2));
  }
  if (dy !== 0) {
    const side = radius / Math.sqrt(length2);
    for (let sign = -1; sign <= 1; sign += 2) {
      const t = (y - from.y - sign * side * dx) / dy;
      if (t < 0 || t > 1) continue;
      const x = from.x - sign * side * dy + t * dx;
      least = Math.min(least, x);
      most = Math.max(most, x);
    }
  }
  return least <= most ? [least, most] : undefined;
}

/** 255 up to hardness · reach, 0 at reach, and a smooth step between. */
function falloff(distance: number, reach: number, hardness: number): number {
  const core = hardness * reach;
  if (distance <= core) return 255;
  if (distance >= reach) return 0;
  const t = (reach - distance) / (reach - core);
  return Math.round(255 * t * t * (3 - 2 * t));
}
