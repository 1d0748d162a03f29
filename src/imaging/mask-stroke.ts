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

/** Paints (`value` 255: nothing gets weaker) or erases (`value` 0: nothing gets stronger) along the line through the points. */
export function strokeInto(mask: Mask, points: readonly BrushPoint[], brush: Brush, value: 0 | 255): void {
  points.forEach((to, i) => {
    capsuleInto(mask, points[Math.max(0, i - 1)] ?? to, to, brush, value);
  });
}

function capsuleInto({ width, height, data }: Mask, from: BrushPoint, to: BrushPoint, { radius, hardness }: Brush, value: 0 | 255): void {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length2 = dx * dx + dy * dy;
  const startRadius = radius * (from.width ?? 1);
  const growth = radius * (to.width ?? 1) - startRadius;
  const widest = Math.max(startRadius, startRadius + growth);
  const y0 = Math.max(0, Math.floor(Math.min(from.y, to.y) - widest));
  const y1 = Math.min(height - 1, Math.ceil(Math.max(from.y, to.y) + widest));
  for (let y = y0; y <= y1; y++) {
    const span = rowSpan(from, to, widest, y + 0.5);
    if (!span) continue;
    const py = y + 0.5 - from.y;
    const along = (px: number): number => (length2 === 0 ? 1 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2)));
    const squaredAt = (px: number, t: number): number => (px - t * dx) ** 2 + (py - t * dy) ** 2;
    const isInside = (x: number): boolean => {
      const px = x + 0.5 - from.x;
      const t = along(px);
      return squaredAt(px, t) <= (startRadius + t * growth) ** 2;
    };
    let x0 = Math.max(0, Math.floor(span[0]) - 1);
    let x1 = Math.min(width - 1, Math.ceil(span[1]));
    while (x0 <= x1 && !isInside(x0)) x0++;
    while (x1 >= x0 && !isInside(x1)) x1--;
    if (x1 < x0) continue;
    const row = y * width;
    if (hardness >= 1) {
      data.fill(value, row + x0, row + x1 + 1);
      continue;
    }
    for (let x = x0; x <= x1; x++) {
      const old = data[row + x] as number;
      if (old === value) continue;
      const px = x + 0.5 - from.x;
      const t = along(px);
      const strength = falloff(Math.sqrt(squaredAt(px, t)), startRadius + t * growth, hardness);
      data[row + x] = value === 0 ? Math.min(old, 255 - strength) : Math.max(old, strength);
    }
  }
}

/** Where a row crosses the capsule around a segment: both end discs and the band between them, together one span. */
function rowSpan(from: BrushPoint, to: BrushPoint, radius: number, y: number): readonly [number, number] | undefined {
  let least = Infinity;
  let most = -Infinity;
  const take = (x: number, half: number): void => {
    least = Math.min(least, x - half);
    most = Math.max(most, x + half);
  };
  for (const end of [from, to]) {
    const rest = radius * radius - (y - end.y) ** 2;
    if (rest >= 0) take(end.x, Math.sqrt(rest));
  }
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy);
  if (length > 0 && dy !== 0) {
    for (const side of [-radius / length, radius / length]) {
      const t = (y - from.y - side * dx) / dy;
      if (t >= 0 && t <= 1) take(from.x - side * dy + t * dx, 0);
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
