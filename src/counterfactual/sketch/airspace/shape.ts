/**
 * The shape of a donor's opacity, which swaps of releases before 0.14.0 carry: what its film has more than its healthy twin, read in the
 * lung's own coordinates, and given back as the surface that fills where it is highest (patches.ts). The donor's ribs, vessels and heart
 * cancel in the difference (blueprint, Method 4).
 */

import { LUNG_COLUMNS, LUNG_ROWS, shapeAt, toDigits, type LungShape } from '../../../findings/lungShape';
import { GRID } from '../../../findings/regions';
import type { Chest } from '../chest';
import { blurred, CHEST_GRID, fieldAt, makeField, type Field } from '../field';
import { lungFrame } from './lungFrame';

/** A place this much of which is lung counts. */
const INSIDE = 0.5;

/** What is finer than this, in cells of CHEST_GRID (one standard deviation), is ribs that the twin has elsewhere. */
const COARSE = 6;
/** Share of the lungs' places that lie below what counts as all of it. */
const FULL = 0.98;
/** Less difference than this, of the grey range [-1, 1], is no opacity. */
const LEAST_DIFFERENCE = 0.02;

/**
 * What the film has more than its healthy twin, where the reader sees opacity (docs/decisions/119).
 * @param film, healthy [256 x 256] in [-1, 1], with and without its opacities, as the networks see them
 * @param opacityMap [32 x 32], probability of opacity in the film
 * @returns undefined where both are alike
 */
export function shapeOf(
  film: Float32Array,
  healthy: Float32Array,
  opacityMap: Float32Array,
  chest: Chest,
): LungShape | undefined {
  const { difference, inside } = coarseDifference(film, healthy, chest, true);
  const seen: Field = { width: GRID, height: GRID, data: opacityMap };
  const there = makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    if (inside[cell] === 0) return 0;
    const certainty = fieldAt(seen, (x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID);
    return (difference[cell] as number) * Math.sqrt(Math.max(0, certainty));
  });
  const sorted = there.data.filter((_, cell) => inside[cell] === 1).sort();
  const full = sorted[Math.floor(FULL * (sorted.length - 1))] ?? 0;
  if (full < LEAST_DIFFERENCE) return undefined;
  const share: Field = { ...there, data: there.data.map((value) => value / full) };
  return { right: digitsOf(share, chest, 'right'), left: digitsOf(share, chest, 'left') };
}

function digitsOf(map: Field, chest: Chest, side: 'right' | 'left'): string {
  return toDigits(cellsOf(map, chest, side));
}

/** Mean over each cell of the lung's own grid. */
function cellsOf(map: Field, chest: Chest, side: 'right' | 'left'): Float64Array {
  const { inside, down, out } = lungFrame(chest, side);
  const sum = new Float64Array(LUNG_ROWS * LUNG_COLUMNS);
  const count = new Float64Array(sum.length);
  for (let y = 0, cell = 0; y < CHEST_GRID; y++) {
    for (let x = 0; x < CHEST_GRID; x++, cell++) {
      if ((inside.data[cell] as number) < INSIDE) continue;
      const row = Math.min(LUNG_ROWS - 1, Math.floor((down.data[cell] as number) * LUNG_ROWS));
      const column = Math.min(LUNG_COLUMNS - 1, Math.floor((out.data[cell] as number) * LUNG_COLUMNS));
      const at = row * LUNG_COLUMNS + column;
      sum[at] = (sum[at] as number) + fieldAt(map, (x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID);
      count[at] = (count[at] as number) + 1;
    }
  }
  return filledIn(sum, count);
}

/** [256 x 256], smooth, 0 outside the lungs; only what is denser, or what is thinner, too. */
function coarseDifference(
  film: Float32Array,
  healthy: Float32Array,
  chest: Chest,
  denserOnly: boolean,
): { readonly difference: Float32Array; readonly inside: Float32Array } {
  const lungs = (['right', 'left'] as const).map((side) => lungFrame(chest, side).inside.data);
  const inside = film.map((_, cell) => (lungs.some((own) => (own[cell] as number) >= INSIDE) ? 1 : 0));
  const more = film.map((value, cell) => {
    const change = value - (healthy[cell] as number);
    return (denserOnly ? Math.max(0, change) : change) * (inside[cell] as number);
  });
  const grid = (data: Float32Array): Field => ({ width: CHEST_GRID, height: CHEST_GRID, data });
  const [sum, weight] = [blurred(grid(more), COARSE).data, blurred(grid(inside), COARSE).data];
  return {
    difference: sum.map((value, cell) => ((inside[cell] as number) * value) / Math.max(0.05, weight[cell] as number)),
    inside,
  };
}

/**
 * All that a film has more or less than its healthy twin, in the lungs' own coordinates: what a swap is measured by.
 * @param film, healthy [256 x 256] in [-1, 1]
 * @returns means of the cells, the right lung's [LUNG_ROWS x LUNG_COLUMNS], then the left's
 */
export function changeInLungs(film: Float32Array, healthy: Float32Array, chest: Chest): readonly number[] {
  const { difference } = coarseDifference(film, healthy, chest, false);
  const field: Field = { width: CHEST_GRID, height: CHEST_GRID, data: difference };
  return [...cellsOf(field, chest, 'right'), ...cellsOf(field, chest, 'left')];
}

/** Means; a cell that no place of the lung fell into takes that of the nearest row. */
function filledIn(sum: Float64Array, count: Float64Array): Float64Array {
  return sum.map((value, at) => {
    if ((count[at] as number) > 0) return value / (count[at] as number);
    const column = at % LUNG_COLUMNS;
    const row = Math.floor(at / LUNG_COLUMNS);
    for (let away = 1; away < LUNG_ROWS; away++) {
      for (const near of [row - away, row + away]) {
        const other = near * LUNG_COLUMNS + column;
        if (near >= 0 && near < LUNG_ROWS && (count[other] as number) > 0)
          return (sum[other] as number) / (count[other] as number);
      }
    }
    return 0;
  });
}

/** How steeply the surface follows the shape, in its standard deviations over the whole range, and what is left to the seed. */
const STEEPNESS = 6;
const BY_SEED = 0.45;

/** The random surface bent so that what fills first is what the donor's lungs have most of. */
export function shapedSurface(relief: Field, chest: Chest, shape: LungShape): Field {
  const data = relief.data.map((value) => BY_SEED * value);
  for (const side of ['right', 'left'] as const) {
    const { reach, down, out } = lungFrame(chest, side);
    reach.data.forEach((own, cell) => {
      if (own === 0) return;
      const there = shapeAt(shape[side], down.data[cell] as number, out.data[cell] as number);
      data[cell] = BY_SEED * (relief.data[cell] as number) + STEEPNESS * (there - 0.5);
    });
  }
  return { ...relief, data };
}
