/** Weights in the order in which the kernels of a product read them. */

import { packedRows, packWeights, padded } from '../graph/pack';
import type { WeightRecipe } from '../graph/program';
import type { Tensor } from '../tensor';
import { PANEL } from './kernels/gemm';
import type { WeightForm } from './kernels/kernel';
import { type TileSide, transformWeights } from './winograd';

/** [panel][K][8]; for Winograd's coefficients one after another. */
export function layOut(recipe: WeightRecipe, form: WeightForm, weights: ReadonlyMap<string, Tensor>): Float32Array {
  const { matrix } = packWeights(recipe, weights);
  if (form === 'panels') return inPanels(matrix, packedRows(recipe), padded(recipe.columns));
  return transformed(recipe, matrix, form === 'winograd4' ? 4 : 2);
}

/** Filled up with zeros to whole panels. */
export function layOutBias(
  { weights, biases, columns }: WeightRecipe,
  tensors: ReadonlyMap<string, Tensor>,
): Float32Array {
  const result = new Float32Array(Math.ceil(columns / PANEL) * PANEL);
  let column = 0;
  for (const [i, name] of weights.entries()) {
    const bias = biases[i];
    if (bias !== undefined) result.set((tensors.get(bias) as Tensor).data, column); // every recipe names weights of the graph
    column += tensors.get(name)?.shape.at(-1) ?? 0;
  }
  return result;
}

function inPanels(matrix: Float32Array, rows: number, width: number): Float32Array {
  const panels = Math.ceil(width / PANEL);
  const result = new Float32Array(panels * rows * PANEL);
  for (let panel = 0; panel < panels; panel++) {
    const from = panel * PANEL;
    const to = Math.min(from + PANEL, width);
    for (let row = 0; row < rows; row++)
      result.set(matrix.subarray(row * width + from, row * width + to), (panel * rows + row) * PANEL);
  }
  return result;
}

/** G g Gᵀ for every channel and column, in double precision. Every index is inside by the loops' bounds. */
function transformed({ sources, columns }: WeightRecipe, matrix: Float32Array, side: TileSide): Float32Array {
  const width = padded(columns);
  const reach = side + 2;
  const panels = Math.ceil(width / PANEL);
  const inner = sources.reduce((sum, channels) => sum + padded(channels), 0);
  const plane = panels * inner * PANEL;
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
        const place = (Math.floor(column / PANEL) * inner + first + channel) * PANEL + (column % PANEL);
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
