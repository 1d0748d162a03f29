/** The mediastinum pushed to the other side, and the diaphragm pushed down: what fluid or air under pressure does. */

import type { Chest, ChestSide } from '../chest';
import { displacementOf, type Displacement } from '../displace';
import { CHEST_GRID, smoothstep } from '../field';

export interface Push {
  /** Away from this side. */
  readonly from: ChestSide;
  /** How far heart and trachea go, and how far the dome of the diaphragm goes down. */
  readonly mediastinumMm: number;
  readonly diaphragmMm: number;
}

export function pushed(chest: Chest, { from, mediastinumMm, diaphragmMm }: Push): Displacement {
  const { [from]: lung, heart, millimetresPerRow: mm, aspect } = chest;
  const other = chest[from === 'right' ? 'left' : 'right'];
  const away = from === 'right' ? 1 : -1;
  const columns = mediastinumMm / mm / aspect;
  const near = extreme(lung.lateral, away);
  const far = extreme(other.lateral, -away);
  const middle = heart.centre.x;
  const half = 0.1 * Math.abs(far - near);
  const top = Math.min(lung.top, other.top);
  const foot = Math.max(lung.bottom, other.bottom);
  const dome = lung.floor.reduce((sum, y) => (Number.isNaN(y) ? sum : Math.min(sum, y)), CHEST_GRID);
  return displacementOf((x, y) => {
    // Full at the mediastinum, none at either chest wall.
    const across =
      x * away < middle * away ? smoothstep(near, middle - away * half, x) : smoothstep(far, middle + away * half, x);
    const down =
      smoothstep(top - 0.08 * CHEST_GRID, top + 0.2 * (foot - top), y) *
      smoothstep(foot + 0.12 * CHEST_GRID, foot - 0.12 * (foot - top), y);
    // Full over the hemidiaphragm, fading upward through the lung and downward through the abdomen.
    const lowered = smoothstep(dome - 0.45 * (foot - top), dome + 4, y) * smoothstep(CHEST_GRID, foot - 4, y);
    const beside =
      smoothstep(near - away * 2, near + away * 10, x) * smoothstep(middle + away * 4, middle - away * 12, x);
    return [away * columns * across * down, (diaphragmMm / mm) * lowered * beside];
  });
}

/** Outermost column of a lung's wall; `away` is the direction from that wall to the other. */
function extreme(line: Float32Array, away: number): number {
  return line.reduce(
    (most, x) => (Number.isNaN(x) ? most : away > 0 ? Math.min(most, x) : Math.max(most, x)),
    away > 0 ? CHEST_GRID : 0,
  );
}
