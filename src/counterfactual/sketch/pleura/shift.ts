/** The mediastinum pushed to the other side, and the diaphragm pushed down: what fluid or air under pressure does. */

import type { Chest, ChestSide, Lung } from '../chest';
import { displacementOf, type Displacement } from '../displace';
import { blurredValues, CHEST_GRID, smoothstep } from '../field';
import { known } from './hemithorax';

/** So far below the lungs what the diaphragm moves ends. */
const FADES_MM = 24;
/** The film's own upper edge stays: over so many rows of CHEST_GRID what is pushed aside comes in. */
const EDGE_ROWS = 14;

export interface Push {
  /** Away from this side. */
  readonly from: ChestSide;
  /** How far heart and trachea go, and how far the dome of the diaphragm goes down. */
  readonly mediastinumMm: number;
  readonly diaphragmMm: number;
}

/** Heart, great vessels and trachea pushed aside, the spine left where it is, with lung drawn out to it on the side that pushes. */
export function pushed(chest: Chest, { from, mediastinumMm, diaphragmMm }: Push): Displacement {
  const { [from]: lung, heart, millimetresPerRow: mm, aspect } = chest;
  const away = from === 'right' ? 1 : -1;
  const near = extreme(lung.lateral, away);
  const middle = heart.centre.x;
  const foot = Math.max(lung.bottom, chest[from === 'right' ? 'left' : 'right'].bottom);
  const dome = domeOf(lung);
  // What is written at the film's foot stays.
  const still = Math.min(CHEST_GRID, foot + FADES_MM / mm);
  const heartAside = heartBy(chest, from, mediastinumMm, BONES_MM);
  const lungAfter = lungDrawnAfter(chest, from, mediastinumMm);
  return displacementOf((x, y) => {
    // Full over the hemidiaphragm, fading upward through the lung and downward through the abdomen.
    const lowered = smoothstep(dome - 0.45 * (foot - top(chest)), dome + 4, y) * smoothstep(still, foot - 4, y);
    // Most at its dome: it is flattened, and its angles stay.
    const across = (x - near) / (middle - near);
    const beside = smoothstep(-0.05, 0.45, across) * smoothstep(1.05, 0.6, across);
    const aside = Math.max(heartAside(x, y), lungAfter(x, y));
    return [(away * aside) / (aspect * mm), (diaphragmMm / mm) * lowered * beside];
  });
}

/** From the middle of the spine outward, in mm: where its own shadow ends. */
const SPINE_MM = 16;
/** The same with its transverse processes, and what may be screwed into them, where air shows all of it. */
const BONES_MM = 21;
/** On the side that pushes its border comes no nearer to that: else it is a straight edge along a spine that may be curved. */
const MOST_NEAR = 0.5;
/** Of the way from spine to border, the most that the border moves: further, the heart would be drawn out into streaks. */
const MOST = 0.7;
/** Of what the heart moves, what lies before the spine does; more would bend the spine behind it. */
const BEFORE_SPINE = 0.12;
/** The air of the trachea is moved by so much more of it, by itself (trachea.ts). */
export const TRACHEA = 0.45;

/** How many mm a place of CHEST_GRID moves away from the side that pushes. */
type Aside = (x: number, y: number) => number;

/**
 * Heart and great vessels pushed out of one hemithorax into the other, the spine left where it is. What lies on the side that
 * pushes is not moved: it is hidden by what pushes.
 */
export function heartPushed(chest: Chest, from: ChestSide, byMm: number): Displacement {
  const away = from === 'right' ? 1 : -1;
  const aside = heartBy(chest, from, byMm);
  return displacementOf((x, y) => [(away * aside(x, y)) / (chest.aspect * chest.millimetresPerRow), 0]);
}

function heartBy(chest: Chest, from: ChestSide, byMm: number, spineMm = SPINE_MM): Aside {
  const { out, distances, down } = frameOf(chest, from);
  const other = chest[from === 'right' ? 'left' : 'right'];
  const [border, wall] = [distances(besideHeart(other), 1), distances(other.lateral, 1)];
  const [highest, foot] = [top(chest), bottom(chest)];
  const height = foot - highest;
  return (x, y) => {
    const at = Math.min(CHEST_GRID - 1, Math.floor(y));
    const [edge, end] = [border[at] as number, wall[at] as number];
    const far = out(x);
    const own = Math.max(0, Math.min(byMm, MOST * (edge - spineMm)));
    const heart = own * (far < edge ? smoothstep(spineMm - 4, edge, far) : smoothstep(end, edge, far));
    const before =
      BEFORE_SPINE *
      byMm *
      smoothstep(30, 6, Math.abs(far)) *
      smoothstep(0, EDGE_ROWS, y) *
      smoothstep(highest - 0.1 * CHEST_GRID, highest + 0.15 * height, y) *
      smoothstep(highest + 0.55 * height, highest + 0.3 * height, y);
    return Math.max(heart * down(y), before);
  };
}

/** Where the heart has left, lung of the side that pushes comes nearly to the spine. */
function lungDrawnAfter(chest: Chest, from: ChestSide, byMm: number): Aside {
  const { out, distances, down } = frameOf(chest, from);
  const lung = chest[from];
  const [border, wall] = [distances(besideHeart(lung), -1), distances(lung.lateral, -1)];
  return (x, y) => {
    const at = Math.min(CHEST_GRID - 1, Math.floor(y));
    const [edge, end] = [border[at] as number, wall[at] as number];
    const far = -out(x);
    const own = Math.max(0, Math.min(byMm, MOST_NEAR * (edge - BONES_MM)));
    // At the place where the border comes to lie.
    const comes = edge - own;
    return own * down(y) * (far < comes ? smoothstep(BONES_MM - 4, comes, far) : smoothstep(end, comes, far));
  };
}

interface Frame {
  /** How many mm a column lies from the middle of the spine, away from the side that pushes. */
  readonly out: (x: number) => number;
  /** The same of a line of columns, one a row; `way` -1: toward that side. */
  readonly distances: (line: Float32Array, way: 1 | -1) => Float32Array;
  /** How much of what is moved moves in a row. */
  readonly down: (y: number) => number;
}

function frameOf(chest: Chest, from: ChestSide): Frame {
  const [lung, other] = [chest[from], chest[from === 'right' ? 'left' : 'right']];
  const away = from === 'right' ? 1 : -1;
  const row = Math.round(lung.hilum.y);
  const middle = ((known(lung.medial)[row] as number) + (known(other.medial)[row] as number)) / 2;
  const out = (x: number): number => (x - middle) * away * chest.aspect * chest.millimetresPerRow;
  const [highest, foot] = [top(chest), bottom(chest)];
  const height = foot - highest;
  return {
    out,
    distances: (line, way) =>
      blurredValues(
        known(line).map((x) => Math.max(SPINE_MM + 2, way * out(x))),
        1,
        CHEST_GRID,
        0,
        4,
      ),
    down: (y) =>
      smoothstep(0, EDGE_ROWS, y) *
      smoothstep(highest - 0.05 * CHEST_GRID, highest + 0.3 * height, y) *
      smoothstep(foot + 0.05 * CHEST_GRID, foot - 0.1 * height, y),
  };
}

/** Outermost column of a lung's wall; `away` is the direction from that wall to the other. */
function extreme(line: Float32Array, away: number): number {
  return line.reduce(
    (most, x) => (Number.isNaN(x) ? most : away > 0 ? Math.min(most, x) : Math.max(most, x)),
    away > 0 ? CHEST_GRID : 0,
  );
}

/** The lung's border with the mediastinum; below the heart, where the lung is a sliver beside the dome, as it was above. */
function besideHeart(lung: Lung): Float32Array {
  const { medial, cardiophrenic } = lung;
  const last = Math.floor(Math.min(cardiophrenic.y, domeOf(lung)));
  return medial.map((own, y) => (y > last ? (medial[last] as number) : own));
}

/** Row of the top of the diaphragm between its angles: at the edges of a lung a column may end far above it. */
function domeOf({ floor, costophrenic, cardiophrenic }: Lung): number {
  const [from, to] = [costophrenic.x, cardiophrenic.x].sort((one, other) => one - other) as [number, number];
  const margin = 0.2 * (to - from);
  return floor.reduce(
    (least, y, x) => (Number.isNaN(y) || x < from + margin || x > to - margin ? least : Math.min(least, y)),
    Math.min(costophrenic.y, cardiophrenic.y),
  );
}

function top({ right, left }: Chest): number {
  return Math.min(right.top, left.top);
}

function bottom({ right, left }: Chest): number {
  return Math.max(right.bottom, left.bottom);
}
