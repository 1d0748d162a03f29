/**
 * Where a lung would be that fluid hides: its diaphragm and chest wall are its own where the anatomist finds them lower and further
 * out than the other side's, else the other side's; toward the middle it ends at the heart.
 */

import { chestOfMaps, type Chest, type ChestSide } from '../chest';
import { blurredValues, CHEST_GRID, makeField, smoothstep, type Field } from '../field';
import type { ClearLung } from './clearLung';
import { known } from './hemithorax';
import { mirroredBorders, mirrorOf, otherSide } from './mirror';

/** The right dome stands higher than the left, by about this much. */
const RIGHT_HIGHER_MM = 12;
/** Sharpness of the borders with the wall, and with diaphragm and heart, which move and curve away, to both sides. */
const WALL_EDGE_MM = 2.4;
const EDGE_MM = 4.5;
/** How steeply a diaphragm falls from the middle of its dome, toward the wall and toward the heart, at the most; and how uneven it is. */
const STEEPEST = { outward: 1.6, inward: 0.35 } as const;
const ALLOWED_ROWS = 4;
/** Where lung is clear so far above its base, the base is what it seems. */
const ABOVE_MM = 9;
/** A base higher than the other one by more than this is a raised diaphragm, or cannot be told from one. */
const RAISED_MM = 40;
/** Denser than clear lung by this share of the way to soft tissue is fluid. */
export const FLUID = 0.22;

export interface Space {
  /** Where this lung would be without fluid, 0 to 1. */
  readonly share: Field;
  /** Its base: rows of each column. */
  readonly floor: Float32Array;
  /** Its wall and its border with mediastinum and heart: columns of each row. */
  readonly lateral: Float32Array;
  readonly medial: Float32Array;
  /** Whether its base is so much higher than the other one that it may be a raised diaphragm: the other one tells nothing of it. */
  readonly isRaised: boolean;
}

/** @param clear by which its own base is told from the upper border of fluid */
export function lungSpace(chest: Chest, side: ChestSide, clear: ClearLung): Space {
  const { aspect, millimetresPerRow: mm } = chest;
  const [own, other] = [chest[side], chest[otherSide(side)]];
  const outward = side === 'right' ? -1 : 1;
  const mirrored = mirroredBorders(other, mirrorOf(chest, side));
  const shift = ((side === 'right' ? -1 : 0.5) * RIGHT_HIGHER_MM) / mm;
  const isClearAbove = (row: number, x: number): boolean => {
    const at = Math.round(row - ABOVE_MM / mm) * CHEST_GRID + x;
    return ((clear.own.data[at] as number) - (clear.density.data[at] as number)) / clear.contrast < FLUID;
  };
  const seen = opened(own.floor, SPIKE_MM / mm / aspect);
  const theirs = mirrored.floor.map((row) => row + shift);
  // Beside the wall, where no heart lies on the base.
  const halfway = (own.hilum.x + own.costophrenic.x) / 2;
  const lowerBy = theirs.map((row, x) => (outward * (x - halfway) > 0 ? row - (seen[x] as number) : NaN));
  const isRaised = median(lowerBy) * mm > RAISED_MM;
  const base = seen.map((row, x) => (isRaised || isClearAbove(row, x) ? row : lower(row, theirs[x] as number)));
  const lateral = smoothLine(
    own.lateral.map((column, y) => {
      const theirs = mirrored.lateral[y] as number;
      return Number.isNaN(column)
        ? theirs
        : Number.isNaN(theirs)
          ? column
          : outward * Math.max(outward * column, outward * theirs - 3);
    }),
    3,
  );
  const hilum = Math.round(own.hilum.y);
  const medial = smoothLine(medialBorder(chest, side), 2);
  const foot = Math.min(CHEST_GRID - 1, Math.round(own.costophrenic.y));
  const floor = smoothLine(domed(base, aspect, medial[hilum] as number, lateral[foot] as number), 4 / aspect);
  const edge = (distance: number, soft = EDGE_MM): number => smoothstep(-soft, soft, distance * mm);
  const share = makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    if (y + 0.5 < own.top) return 0;
    const inside =
      edge((floor[x] as number) - y - 0.5) *
      edge(((lateral[y] as number) - x - 0.5) * outward * aspect, WALL_EDGE_MM) *
      edge((x + 0.5 - (medial[y] as number)) * outward * aspect);
    const upper = y + 0.5 < hilum ? smoothstep(0.3, 0.6, own.share.data[cell] as number) : 1;
    return inside * upper;
  });
  return { share, floor, lateral, medial, isRaised };
}

/** How far from the midline a heart that fluid may have drawn out reaches at the most, as a share of the thorax's width. */
const HEART_REACH = { right: 0.2, left: 0.3 } as const;

/** The mediastinum as far down as the hilum, then the heart's border; below its outermost point it goes straight down, as no lung is seen under a heart. */
function medialBorder({ heart, thoracicWidth, ...chest }: Chest, side: ChestSide): Float32Array {
  const outward = side === 'right' ? -1 : 1;
  const line = known(chest[side].medial);
  const hilum = Math.round(chest[side].hilum.y);
  const middle = ((chest.right.medial[hilum] as number) + (chest.left.medial[hilum] as number)) / 2;
  const most = outward * middle + HEART_REACH[side] * thoracicWidth;
  let reached = outward * (line[hilum] as number);
  for (let y = hilum; y < CHEST_GRID; y++) {
    let edge = -Infinity;
    for (let x = 0; x < CHEST_GRID; x++)
      if ((heart.share.data[y * CHEST_GRID + x] as number) > 0.5) edge = Math.max(edge, outward * (x + 0.5));
    reached = Math.max(reached, Math.min(edge, most));
    line[y] = outward * reached;
  }
  return line;
}

/** Narrower than this a lobe of the outline that hangs down is none of the lung. */
const SPIKE_MM = 14;

/** A base without what hangs down from it over less than `width` columns; NaN stays NaN. */
function opened(floor: Float32Array, width: number): Float32Array {
  const half = Math.max(1, Math.round(width / 2));
  const over = (line: Float32Array, pick: (a: number, b: number) => number): Float32Array =>
    line.map((own, x) => {
      let found = own;
      for (let near = Math.max(0, x - half); near <= Math.min(line.length - 1, x + half); near++)
        if (!Number.isNaN(line[near])) found = pick(found, line[near] as number);
      return found;
    });
  return over(over(floor, Math.min), Math.max);
}

/** A base that hangs nowhere further below its middle than a diaphragm does, which falls steeply toward the wall and little elsewhere; NaN stays NaN. */
function domed(floor: Float32Array, aspect: number, inner: number, outer: number): Float32Array {
  const outward = Math.sign(outer - inner);
  const at = (share: number): number => inner + share * (outer - inner);
  const middle = floor
    .filter((row, x) => !Number.isNaN(row) && outward * (x - at(0.3)) > 0 && outward * (at(0.7) - x) > 0)
    .sort();
  if (middle.length === 0) return floor;
  const dome = middle[middle.length >> 1] as number;
  const hung = floor.map((row, x) => {
    const beyond =
      Math.max(outward * (x - at(0.7)), 0) * STEEPEST.outward + Math.max(outward * (at(0.3) - x), 0) * STEEPEST.inward;
    return Math.min(row, dome + ALLOWED_ROWS + aspect * beyond);
  });
  return risingInward(hung, aspect, at(OUTERMOST), outward);
}

/** Beyond this share of the way to the wall a base is the corner of its angle. */
const OUTERMOST = 0.93;

/**
 * A dome rises from the wall inward and falls little beyond its top: nowhere is it lower than further out, but for that slope. Else
 * where a part of the base is taken from one side and a part from the other, a pit would hang between wall and heart.
 */
function risingInward(floor: Float32Array, aspect: number, from: number, outward: number): Float32Array {
  const out = floor.slice();
  let lowest = Infinity;
  for (let x = Math.round(from); x >= 0 && x < out.length; x -= outward) {
    const row = out[x] as number;
    if (Number.isNaN(row)) continue;
    out[x] = Math.min(row, lowest);
    lowest = (out[x] as number) + STEEPEST.inward * aspect;
  }
  return out;
}

/** Of what is known; 0 where nothing is. */
function median(values: Float32Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return known[known.length >> 1] ?? 0;
}

const lower = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b));

function smoothLine(line: Float32Array, sigma: number): Float32Array {
  return blurredValues(known(line), line.length, 1, sigma, 0);
}

/** The chest with this lung as large as it would be. */
export function withLung(chest: Chest, side: ChestSide, share: Field): Chest {
  const lung = chest[side];
  const third = (lung.bottom - lung.top) / 3;
  const level = (y: number): number => Math.min(2, Math.max(0, Math.floor((y - lung.top) / third)));
  const zones = [0, 1, 2].map((zone) => ({
    ...share,
    data: share.data.map((value, cell) =>
      level(Math.floor(cell / CHEST_GRID)) === zone ? Math.max(value, lung.share.data[cell] as number) : 0,
    ),
  })) as unknown as Chest['right']['zones'];
  return (
    chestOfMaps({
      right: chest.right.zones,
      left: chest.left.zones,
      [side]: zones,
      heart: chest.heart.share,
      aspect: chest.aspect,
      millimetresPerRow: chest.millimetresPerRow,
      scale: chest.scale,
    }) ?? chest
  );
}
