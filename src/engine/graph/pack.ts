/** Weights in the order in which a product's kernel reads them. */

import type { Tensor } from '../tensor';
import { at } from './list';
import type { WeightRecipe } from './program';

export interface PackedWeights {
  /** [rows, padded columns], zeros where filled up. */
  readonly matrix: Float32Array;
  /** [padded columns] */
  readonly bias: Float32Array;
}

/** Up to the next multiple of four: kernels read four values at a time. */
export function padded(size: number): number {
  return Math.ceil(size / 4) * 4;
}

/** Rows of the packed matrix: for each source, for each cell of the window, its padded channels. */
export function packedRows({ sources, cells }: Pick<WeightRecipe, 'sources' | 'cells'>): number {
  return sources.reduce((total, channels) => total + cells * padded(channels), 0);
}

/** @param weights as named by the recipe; checked before against the graph */
export function packWeights(recipe: WeightRecipe, weights: ReadonlyMap<string, Tensor>): PackedWeights {
  const width = padded(recipe.columns);
  const matrix = new Float32Array(packedRows(recipe) * width);
  const bias = new Float32Array(width);
  const channels = recipe.sources.reduce((total, size) => total + size, 0);
  let column = 0;
  for (const [index, name] of recipe.weights.entries()) {
    const { data, shape } = weights.get(name) as Tensor; // every recipe names weights of the graph
    const columns = at(shape, -1);
    let row = 0;
    let first = 0;
    for (const size of recipe.sources) {
      for (let cell = 0; cell < recipe.cells; cell++) {
        for (let channel = 0; channel < size; channel++) {
          const from = (cell * channels + first + channel) * columns;
          matrix.set(data.subarray(from, from + columns), (row + channel) * width + column);
        }
        row += padded(size);
      }
      first += size;
    }
    const added = recipe.biases[index];
    if (added !== undefined) bias.set((weights.get(added) as Tensor).data, column);
    column += columns;
  }
  return { matrix, bias };
}

/** Equal for recipes that pack to the same bytes. */
export function recipeKey({ weights, biases, sources, cells, columns }: WeightRecipe): string {
  return JSON.stringify([weights, biases, sources, cells, columns]);
}
