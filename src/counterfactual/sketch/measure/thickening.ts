/**
 * How thick the chest wall became, read from densities alone: how much further in its edge lies than on the film before. The edge is
 * where density has fallen half of the way from the wall to lung, as one measures it on a film. Fluid that runs up the wall looks the
 * same to it.
 */

import type { Chest, ChestSide } from '../chest';
import { densityAt, type DensityImage } from '../density';
import { CHEST_GRID } from '../field';
import { hemithoraxOf } from '../pleura/hemithorax';
import { wallOf } from '../pleura/wall';

export interface ThickeningMeasure {
  /** How far the wall's edge has moved inward, in mm: the middle of the wall's places, and what a tenth of them exceed, one at least; NaN: nowhere can it be told. */
  readonly medianMm: number;
  readonly widestMm: number;
  /** The same at the apex, downward. */
  readonly apexMm: number;
}

/** Places along the wall; of these, the wall proper, above the angle to the diaphragm, which a rind fills, and the apex. */
const PLACES = 24;
const WALL = [4, 20] as const;
const APEX = 2;
/** Where the wall is densest, and where the lung beside it is told, in mm inside of the lung's outline. */
const WALL_MM = [-4, 4] as const;
const LUNG_MM = [18, 24] as const;
const DEEPEST_MM = 60;
const STEP_MM = 1.5;
/** A wall that is denser than its lung by less, as a share of the window, has no edge. */
const LEAST = 0.02;

/**
 * @param before the same film without it; without one, how far inside of the lung's outline the wall's edge lies
 * @param spans how far down the wall of each side it is told, as shares of its height; absent: all of it
 */
export function measureThickening(
  image: DensityImage,
  chest: Chest,
  before?: DensityImage,
  spans: Readonly<Partial<Record<ChestSide, readonly [number, number]>>> = {},
): Readonly<Record<ChestSide, ThickeningMeasure>> {
  const [is, was] = [image, before].map((film) =>
    film === undefined ? undefined : densityAt(film, CHEST_GRID, CHEST_GRID).values,
  );
  if (is === undefined) throw new Error('a film was given');
  const measure = (side: ChestSide): ThickeningMeasure => {
    const now = profilesOf(is, chest, side);
    const old = was === undefined ? undefined : profilesOf(was, chest, side);
    const moved = now.map((profile, place) => edgeIn(profile, old?.[place]));
    const known = (from: number, to: number): readonly number[] =>
      moved
        .slice(from, to)
        .filter((mm) => !Number.isNaN(mm))
        .sort((a, b) => a - b);
    const [from, to] = (spans[side] ?? [0, 1]).map((share) => Math.round(share * PLACES)) as [number, number];
    const wall = known(Math.max(WALL[0], from), Math.min(WALL[1], to));
    return {
      medianMm: wall[wall.length >> 1] ?? NaN,
      widestMm: wall[Math.max(0, Math.min(Math.floor(0.9 * wall.length), wall.length - 2))] ?? NaN,
      apexMm: known(0, APEX).at(-1) ?? NaN,
    };
  };
  return { right: measure('right'), left: measure('left') };
}

/** Mean density by mm from the wall, of each place along it; NaN where there is none. */
function profilesOf(film: Float32Array, chest: Chest, side: ChestSide): readonly (readonly number[])[] {
  const hemithorax = hemithoraxOf(chest, side);
  const { distance, down } = wallOf(chest, hemithorax);
  const steps = Math.round((DEEPEST_MM - WALL_MM[0]) / STEP_MM);
  const [sums, counts] = [new Float64Array(PLACES * steps), new Float64Array(PLACES * steps)];
  film.forEach((value, cell) => {
    const mm = distance.data[cell] as number;
    const depth = (hemithorax.lung.depth.data[cell] as number) * chest.millimetresPerRow;
    if (mm === 0 || (mm > 2 && depth < 2)) return;
    const place = Math.min(PLACES - 1, Math.max(0, Math.floor((down.data[cell] as number) * PLACES)));
    const step = Math.floor((mm - WALL_MM[0]) / STEP_MM);
    if (step < 0 || step >= steps) return;
    const at = place * steps + step;
    sums[at] = (sums[at] as number) + value;
    counts[at] = (counts[at] as number) + 1;
  });
  return Array.from({ length: PLACES }, (_, place) =>
    Array.from({ length: steps }, (_unused, step) => {
      const at = place * steps + step;
      return (sums[at] as number) / (counts[at] as number);
    }),
  );
}

/**
 * Where density falls through the middle between the wall and the lung beside it, less where it did before: then the middle is that
 * of the film before, which knows lung and wall apart.
 */
function edgeIn(now: readonly number[], old?: readonly number[]): number {
  const told = old ?? now;
  const step = (mm: number): number => Math.round((mm - WALL_MM[0]) / STEP_MM);
  const known = (values: readonly number[]): readonly number[] => values.filter((value) => !Number.isNaN(value));
  const wall = Math.max(...known(told.slice(0, step(WALL_MM[1]))));
  const beside = known(told.slice(step(LUNG_MM[0]), step(LUNG_MM[1])));
  const lung = beside.reduce((sum, value) => sum + value, 0) / beside.length;
  if (!(wall - lung > LEAST)) return NaN;
  const level = (wall + lung) / 2;
  return edgeOf(now, level) - (old === undefined ? 0 : edgeOf(old, level));
}

/** Where a profile first falls through a level, in mm: what is dense further in, apart from the wall, is none of it. */
function edgeOf(profile: readonly number[], level: number): number {
  const dense = profile.findIndex((value) => value >= level);
  if (dense < 0) return NaN;
  for (let step = dense; step + 1 < profile.length; step++) {
    const [here, next] = [profile[step] as number, profile[step + 1] as number];
    if (Number.isNaN(next)) return NaN;
    if (next < level) return WALL_MM[0] + (step + 0.5 + (here - level) / (here - next)) * STEP_MM;
  }
  return NaN;
}
