/** Weights in the order in which the kernels of a product read them. */

import { packedRows, packWeights, padded } from '../graph/pack';
import type { WeightRecipe } from '../graph/program';
import { winogradWeights } from '../graph/winograd-weights';
import type { Tensor } from '../tensor';
import { PANEL } from './kernels/gemm';
import type { WeightForm } from './kernels/kernel';

/** [panel][K][8]; for Winograd's coefficients one after another. */
export function layOut(recipe: WeightRecipe, form: WeightForm, weights: ReadonlyMap<string, Tensor>): Float32Array {
  const { matrix } = packWeights(recipe, weights);
  if (form === 'panels') return inPanels(matrix, packedRows(recipe), padded(recipe.columns));
  return winogradWeights(recipe, matrix, form === 'winograd4' ? 4 : 2, PANEL);
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
