/**
 * Places as a soft mask at native size, from the anatomist's probabilities: along the lung's border it follows the border,
 * where one zone meets the next it fades over some cells. A threshold of a 32 x 32 map had flat tops, square corners, and a
 * chain of blobs along the diaphragm (docs/decisions/112-soft-zones.md).
 */

import { GRID, GRID_CELLS } from '../findings/regions';
import type { Box } from '../imaging/box';
import { enlargedIn, type Enlarged } from '../imaging/enlarge';
import { kernels } from '../imaging/kernels/current';
import type { Kernels } from '../imaging/kernels/kernels';
import { withinBox } from '../imaging/mask-box';
import type { Mask } from '../imaging/radiograph';

type Rise = readonly [from: number, to: number];

/** Share of lung in which the mask rises from nothing to all at the border. */
const BORDER: Rise = [0.3, 0.6];
/** Share of the lung here that the places have, in which they fade into their neighbours. */
const MEETING: Rise = [0.2, 0.8];
/** Binomial weights: a B-spline's, which has no overshoot to make blobs of. */
const NARROW = [1, 2, 1];
const WIDE = [1, 4, 6, 4, 1];
const NOTHING = 1e-3;

/**
 * @param own [32 x 32], 0 to 1: the places
 * @param whole [32 x 32]: all that they are part of and may fade into, both lungs say; the same as `own` where there is no such thing
 */
export function softPlaces(own: Float32Array, whole: Float32Array, width: number, height: number): Mask {
  const [part, all] = [smoothed(smoothed(own, WIDE), NARROW), smoothed(smoothed(whole, WIDE), NARROW)];
  // Of the smoothed maps, so that the share is told beside the border as it is within.
  const share = Float32Array.from({ length: GRID_CELLS }, (_, cell) =>
    Math.min(1, (part[cell] ?? 0) / Math.max(NOTHING, all[cell] ?? 0)),
  );
  return softIn(smoothed(share, NARROW), smoothed(whole, NARROW), width, height);
}

/** Of a cell and its neighbours, how much more than the largest a cubic makes of them at most: 1.25 along each axis. */
const OVERSHOOT = 1.25 ** 2 + 1e-3;

/**
 * The soft mask of two maps [32 x 32].
 * @param box where it may be other than 0; absent: told from the maps, for a large film has ten million pixels of which a zone takes few
 * @param given null: without kernels
 */
export function softIn(
  near: Float32Array,
  border: Float32Array,
  width: number,
  height: number,
  box: Box = reachOf(near, border, width, height),
  given = kernels(),
): Mask {
  const data = new Uint8Array(width * height);
  const [inside, lung] = [near, border].map((map) => enlargedIn(map, GRID, GRID, width, height, box, given)) as [
    Enlarged,
    Enlarged,
  ];
  const own = given?.hasRoomForRow(box.width) === true ? given : null;
  const runsOf = runsIn(inside, lung, box.width);
  let [left, top, right, bottom] = [box.width, box.height, 0, 0];
  for (let y = 0; y < box.height;) {
    const end = inside.bandEnd(y);
    const runs = runsOf(y);
    if (runs.length > 0) {
      [left, right] = [Math.min(left, runs[0]?.from ?? left), Math.max(right, runs.at(-1)?.to ?? right)];
      [top, bottom] = [Math.min(top, y), end];
    }
    for (; y < end; y++) {
      const first = (box.y + y) * width + box.x;
      const row = data.subarray(first, first + box.width);
      for (const { from, to, kind } of runs) {
        if (kind === ALL) row.fill(255, from, to);
        else if (kind === IN_PLACES) fade(row, lung.row(y, from, to), BORDER, from, to, own);
        else if (kind === IN_LUNGS) fade(row, inside.row(y, from, to), MEETING, from, to, own);
        else fadeTwice(row, inside.row(y, from, to), lung.row(y, from, to), from, to, own);
      }
    }
  }
  const reached = { x: box.x + left, y: box.y + top, width: right - left, height: bottom - top };
  return withinBox({ width, height, data }, right === 0 ? { x: 0, y: 0, width: 0, height: 0 } : reached);
}

/** The pixels of a row from one column up to another, where one of the maps alone says how far the mask has risen. */
function fade(row: Uint8Array, map: Float32Array, rise: Rise, from: number, to: number, own: Kernels | null): void {
  if (own !== null) {
    own.fade(row, map, rise, from, to);
    return;
  }
  const [low, high] = rise;
  for (let x = from; x < to; x++) {
    const value = map[x] as number;
    if (value > low) row[x] = value >= high ? 255 : Math.round(255 * rising(value, low, high));
  }
}

/** The same where both do. */
function fadeTwice(
  row: Uint8Array,
  inside: Float32Array,
  lung: Float32Array,
  from: number,
  to: number,
  own: Kernels | null,
): void {
  if (own !== null) {
    own.fade(row, lung, BORDER, from, to, { map: inside, rise: MEETING });
    return;
  }
  for (let x = from; x < to; x++) {
    const high = lung[x] as number;
    const own = inside[x] as number;
    // What is neither nothing nor all is a rim; the rest need not be computed to the same value.
    if (high <= BORDER[0] || own <= MEETING[0]) continue;
    row[x] =
      high >= BORDER[1] && own >= MEETING[1]
        ? 255
        : Math.round(255 * rising(high, ...BORDER) * rising(own, ...MEETING));
  }
}

/** What none of a run's pixels can leave: 0; all of the places' share; all of the lung; both, which is 255. */
const [NONE, SOME, IN_PLACES, IN_LUNGS, ALL] = [0, 1, 2, 3, 4] as const;
type Kind = typeof NONE | typeof SOME | typeof IN_PLACES | typeof IN_LUNGS | typeof ALL;

interface Run {
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
}

/** Of rows that are interpolated among the same cells, runs of columns by what may be there; where all of them are 0 there is none. */
function runsIn(inside: Enlarged, lung: Enlarged, width: number): (y: number) => readonly Run[] {
  const [leastOwn, mostOwn, leastHigh, mostHigh] = Array.from({ length: 4 }, () => new Float32Array(width)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const kindAt = (x: number): Kind => {
    if ((mostOwn[x] as number) <= MEETING[0] || (mostHigh[x] as number) <= BORDER[0]) return NONE;
    const isOwn = (leastOwn[x] as number) >= MEETING[1];
    if ((leastHigh[x] as number) >= BORDER[1]) return isOwn ? ALL : IN_LUNGS;
    return isOwn ? IN_PLACES : SOME;
  };
  return (y) => {
    inside.bounds(y, leastOwn, mostOwn);
    lung.bounds(y, leastHigh, mostHigh);
    const runs: Run[] = [];
    for (let from = 0; from < width;) {
      const kind = kindAt(from);
      let to = from + 1;
      while (to < width && kindAt(to) === kind) to++;
      if (kind !== NONE) runs.push({ from, to, kind });
      from = to;
    }
    return runs;
  };
}

/** Beyond it both maps are interpolated among cells so low that one of them does not rise. */
function reachOf(near: Float32Array, border: Float32Array, width: number, height: number): Box {
  const rises = (map: Float32Array, cell: number, from: number): boolean => OVERSHOOT * (map[cell] ?? 0) > from;
  let [x0, y0, x1, y1] = [GRID, GRID, -1, -1];
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    if (!rises(near, cell, MEETING[0])) continue;
    const [x, y] = [cell % GRID, Math.floor(cell / GRID)];
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
  }
  if (x1 < 0 || !border.some((_, cell) => rises(border, cell, BORDER[0]))) return { x: 0, y: 0, width: 0, height: 0 };
  // A pixel is made of the four cells around it: a cell is felt two cells and a half from its centre.
  const first = (cell: number, size: number): number => Math.max(0, Math.floor(((cell - 2) * size) / GRID) - 1);
  const last = (cell: number, size: number): number => Math.min(size, Math.ceil(((cell + 3) * size) / GRID) + 1);
  const [x, y] = [first(x0, width), first(y0, height)];
  return { x, y, width: last(x1, width) - x, height: last(y1, height) - y };
}

/** Smoothstep from 0 at `from` to 1 at `to`. */
function rising(value: number, from: number, to: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** Weighted mean of neighbours along both axes; beyond the edge lies what lies at the edge. */
function smoothed(map: Float32Array, weights: readonly number[]): Float32Array<ArrayBuffer> {
  const reach = (weights.length - 1) / 2;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const within = (at: number): number => Math.min(GRID - 1, Math.max(0, at));
  const along = (from: Float32Array, step: number, at: (cell: number) => number): Float32Array<ArrayBuffer> => {
    const to = new Float32Array(GRID_CELLS);
    for (let cell = 0; cell < GRID_CELLS; cell++) {
      const own = at(cell);
      let sum = 0;
      for (let k = 0; k < weights.length; k++)
        sum += (weights[k] as number) * (from[cell + step * (within(own + k - reach) - own)] as number);
      to[cell] = sum / total;
    }
    return to;
  };
  return along(
    along(map, 1, (cell) => cell % GRID),
    GRID,
    (cell) => Math.floor(cell / GRID),
  );
}
