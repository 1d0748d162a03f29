/** The mediastinum pushed to the other side, and the diaphragm pushed down: what fluid or air under pressure does. */

import type { Chest, ChestSide } from '../chest';
import { displacementOf, type Displacement } from '../displace';
import { blurredValues, CHEST_GRID, smoothstep } from '../field';
import { known } from './hemithorax';

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

/** From the middle of the spine outward, in mm: where its own shadow ends. */
const SPINE_MM = 16;
/** Of the way from spine to border, the most that the border moves: further, the heart would be drawn out into streaks. */
const MOST = 0.7;
/** Of what the heart moves, what the trachea before the spine does; more would bend the spine behind it. */
const TRACHEA = 0.3;

/**
 * Heart and great vessels pushed out of one hemithorax into the other, the spine left where it is. What lies on the side that
 * pushes is not moved: it is hidden by what pushes.
 */
export function heartPushed(chest: Chest, from: ChestSide, byMm: number): Displacement {
  const { millimetresPerRow: mm, aspect } = chest;
  const [lung, other] = [chest[from], chest[from === 'right' ? 'left' : 'right']];
  const away = from === 'right' ? 1 : -1;
  const row = Math.round(lung.hilum.y);
  const middle = ((known(lung.medial)[row] as number) + (known(other.medial)[row] as number)) / 2;
  const columnMm = aspect * mm;
  const distances = (line: Float32Array): Float32Array =>
    blurredValues(
      known(line).map((x) => Math.max(SPINE_MM + 2, (x - middle) * away * columnMm)),
      1,
      CHEST_GRID,
      0,
      4,
    );
  const [border, wall] = [distances(other.medial), distances(other.lateral)];
  const [top, foot] = [Math.min(lung.top, other.top), Math.max(lung.bottom, other.bottom)];
  const height = foot - top;
  return displacementOf((x, y) => {
    const at = Math.min(CHEST_GRID - 1, Math.floor(y));
    const [edge, end] = [border[at] as number, wall[at] as number];
    const out = (x - middle) * away * columnMm;
    const down =
      smoothstep(top - 0.05 * CHEST_GRID, top + 0.3 * height, y) *
      smoothstep(foot + 0.1 * CHEST_GRID, foot - 0.1 * height, y);
    const own = Math.min(byMm, MOST * (edge - SPINE_MM));
    const heart = own * (out < edge ? smoothstep(SPINE_MM - 4, edge, out) : smoothstep(end, edge, out));
    const trachea =
      TRACHEA *
      byMm *
      smoothstep(30, 6, Math.abs(out)) *
      smoothstep(top - 0.1 * CHEST_GRID, top + 0.15 * height, y) *
      smoothstep(top + 0.55 * height, top + 0.3 * height, y);
    return [(away * Math.max(heart * down, trachea)) / columnMm, 0];
  });
}
