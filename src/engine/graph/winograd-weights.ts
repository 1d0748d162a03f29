/** Weights of 3x3 windows as Winograd's products need them. */

import type { Tensor } from '../tensor';
import { packedRows, packWeights, padded } from './pack';
import type { WeightRecipe } from './program';
import { type TileSide, transformWeights } from './winograd';

/**
 * G g Gᵀ for every channel and column, in double precision. Every index is inside by the loops' bounds.
 *
 * @param matrix of a recipe of 3x3 windows, as `packWeights` makes it
 * @param panel columns that lie together
 * @returns [coefficients, panels, padded channels, panel]
 */
export function winogradWeights(
  { sources, columns }: Pick<WeightRecipe, 'sources' | 'columns'>,
  matrix: Float32Array,
  side: TileSide,
  panel: number,
): Float32Array {
  const width = padded(columns);
  const reach = side + 2;
  const panels = Math.ceil(width / panel);
  const inner = sources.reduce((sum, channels) => sum + padded(channels), 0);
  const plane = panels * inner * panel;
  const result = new Float32Array(reach ** 2 * plane);
  const half = new Float64Array(reach * 3);
  const number = (from: Float32Array | Float64Array, index: number) => from[index] as number;
  let first = 0;
  let row = 0;
  for (const channels of sources) {
    const cell = padded(channels) * width;
    for (let channel = 0; channel < channels; channel++)
      for (let column = 0; column < columns; column++) {
        const start = (row + channel) * width + column;
        for (let x = 0; x < 3; x++)
          transformWeights(
            side,
            number(matrix, start + x * cell),
            number(matrix, start + (3 + x) * cell),
            number(matrix, start + (6 + x) * cell),
            half,
            x,
            3,
          );
        const place = (Math.floor(column / panel) * inner + first + channel) * panel + (column % panel);
        for (let i = 0; i < reach; i++)
          transformWeights(
            side,
            number(half, 3 * i),
            number(half, 3 * i + 1),
            number(half, 3 * i + 2),
            result,
            i * reach * plane + place,
            plane,
          );
      }
    first += padded(channels);
    row += 9 * padded(channels);
  }
  return result;
}

/** The matrix of a product between transforms: for each source [coefficients, padded channels, padded columns]. */
export function packTransformed(
  recipe: WeightRecipe,
  { side, sources }: NonNullable<WeightRecipe['winograd']>,
  weights: ReadonlyMap<string, Tensor>,
): Float32Array {
  const { columns } = recipe;
  const width = padded(columns);
  const { matrix } = packWeights({ ...recipe, sources, cells: 9 }, weights);
  const result = new Float32Array(packedRows(recipe) * width);
  let [from, to] = [0, 0];
  for (const channels of sources) {
    const windows = matrix.subarray(from, (from += 9 * padded(channels) * width));
    const own = winogradWeights({ sources: [channels], columns }, windows, side, width);
    result.set(own, to);
    to += own.length;
  }
  return result;
}
