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
  const x0 = Math.max(0, Math.floor(Math.min(from.x, to.x) - widest));
  const y0 = Math.max(0, Math.floor(Math.min(from.y, to.y) - widest));
  const x1 = Math.min(width - 1, Math.ceil(Math.max(from.x, to.x) + widest));
  const y1 = Math.min(height - 1, Math.ceil(Math.max(from.y, to.y) + widest));
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const px = x + 0.5 - from.x;
      const py = y + 0.5 - from.y;
      const t = length2 === 0 ? 1 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
      const reach = startRadius + t * growth;
      const squared = (px - t * dx) ** 2 + (py - t * dy) ** 2;
      if (squared > reach * reach) continue;
      const strength = hardness >= 1 ? 255 : falloff(Math.sqrt(squared), reach, hardness);
      const i = y * width + x;
      const old = data[i] as number;
      data[i] = value === 0 ? Math.min(old, 255 - strength) : Math.max(old, strength);
    }
  }
}

/** 255 up to hardness · reach, 0 at reach, and a smooth step between. */
function falloff(distance: number, reach: number, hardness: number): number {
  const core = hardness * reach;
  if (distance <= core) return 255;
  const t = (reach - distance) / (reach - core);
  return Math.round(255 * t * t * (3 - 2 * t));
}
