/** Lungs that gain or lose volume: diaphragms pushed down and flattened, or drawn up; a heart that is narrowed. */

import type { Chest } from '../chest';
import { displacementOf, type Displacement } from '../displace';
import { CHEST_GRID, smoothstep } from '../field';
import { keptByPair } from '../kept';
import { emptyField } from './fill';
import type { LungFrame } from './lungFrame';

/** How far up a raised diaphragm moves what lies above it, as a share of the lung's height, and how far down below, in mm. */
const ABOVE = 0.6;
const BELOW_MM = 70;
/** Over so many times what the heart moves at the most nothing moves beside the film's edge. */
const EDGE = 2;

/** From chest wall to midline: where what is moved is moved wholly, and over which ways it fades to either side. */
const DOME = [-0.12, 0.4, 0.62, 1.15] as const;
const WHOLE = [-0.04, 0.2, 0.6, 1.02] as const;

/**
 * One hemidiaphragm moved up by `millimetres` at its dome (negative: down), less toward its angles; `whole`: as it is, where its angle is
 * filled.
 */
export function raisedDiaphragm(chest: Chest, frame: LungFrame, millimetres: number, whole = false): Displacement {
  const rows = fitting(millimetres / chest.millimetresPerRow, frame);
  const { domes, wholes, around } = shapeOfRise(chest, frame);
  const beside = whole ? wholes : domes;
  const [x, y] = [emptyField(), emptyField()];
  // However far it is raised, its shape is one.
  for (let cell = 0; cell < y.data.length; cell++)
    y.data[cell] = (-rows * (beside[cell % CHEST_GRID] as number) * (around[cell] as number)) / CHEST_GRID;
  return { x, y };
}

/** Both diaphragms lowered and flattened by up to `flattenMm` at the domes, the heart narrowed to `narrow` of its width. */
export function overinflated(
  chest: Chest,
  frames: readonly LungFrame[],
  flattenMm: number,
  narrow: number,
): Displacement {
  const { centre, left, right, top, bottom } = chest.heart;
  const half = (right - left) / 2;
  const middle = (left + right) / 2;
  // A film that ends beside the heart stays as it is at its edge, beyond which there is nothing to draw in.
  const most = 2 * (1 - narrow) * half;
  const fromEdge = (x: number): number => smoothstep(0, EDGE * most, Math.min(x, CHEST_GRID - x));
  return displacementOf((x, y) => {
    const down = frames.reduce(
      (sum, frame) =>
        sum +
        fitting(flattenMm / chest.millimetresPerRow, frame) * besideLung(frame, x) * aroundDome(chest, frame, x, y),
      0,
    );
    // Most at the borders of the heart, none in the midline and a heart's width further out.
    const off = (x - middle) / half;
    const inward = -(1 - narrow) * (x - middle) * smoothstep(2.4, 1, Math.abs(off));
    const level = smoothstep(top - 0.5 * (centre.y - top), centre.y, y) * smoothstep(bottom + 30, bottom - 8, y);
    return [inward * level * (most > 0 ? fromEdge(x) : 1), down];
  });
}

/** What is moved may be pressed together by half at most: less where the film ends just below the diaphragm. */
function fitting(rows: number, { lung }: LungFrame): number {
  return Math.sign(rows) * Math.min(Math.abs(rows), Math.max(0, 0.3 * (CHEST_GRID - 6 - lung.bottom)));
}

/** Of each column how much it rises, at its dome or whole, and of each cell how much of that. */
const shapeOfRise = keptByPair((chest: Chest, frame: LungFrame) => {
  const beside = (span: typeof DOME | typeof WHOLE): Float64Array =>
    Float64Array.from({ length: CHEST_GRID }, (_, column) => besideLung(frame, column + 0.5, span));
  return {
    domes: beside(DOME),
    wholes: beside(WHOLE),
    around: Float64Array.from({ length: CHEST_GRID * CHEST_GRID }, (_, cell) =>
      aroundDome(chest, frame, (cell % CHEST_GRID) + 0.5, Math.floor(cell / CHEST_GRID) + 0.5),
    ),
  };
});

/** 1 under the middle of the lung, falling to 0 at the chest wall and the midline. */
function besideLung({ lung }: LungFrame, x: number, [from, full, last, to]: typeof DOME | typeof WHOLE = DOME): number {
  const columns = [lung.costophrenic.x, lung.cardiophrenic.x];
  const [low, high] = [Math.min(...columns), Math.max(...columns)];
  const across = (x - low) / Math.max(1, high - low);
  return smoothstep(from, full, across) * smoothstep(to, last, across);
}

function aroundDome({ millimetresPerRow }: Chest, { lung, floor: line }: LungFrame, x: number, y: number): number {
  const floor = line[Math.max(0, Math.min(CHEST_GRID - 1, Math.floor(x)))] as number;
  const above = ABOVE * (lung.bottom - lung.top);
  // Never as far as the film's own edge, which stays where it is.
  const below = Math.min(BELOW_MM / millimetresPerRow, CHEST_GRID - 6 - floor);
  const near = smoothstep(4, 12, below);
  return near * (y < floor ? smoothstep(floor - above, floor, y) : smoothstep(floor + Math.max(1, below), floor, y));
}
