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
  const matrix = new Float32Array(packedRows(recipe) * padded(recipe.columns));
  pack(recipe, weights, matrix, ({ data }) => data);
  return { matrix, bias: packBias(recipe, weights) };
}

/**
 * The same matrix as binary16, where all of its weights came as such: nothing is decoded, compared or rounded.
 * @returns undefined where one of them is float32
 */
export function packHalves(recipe: WeightRecipe, weights: ReadonlyMap<string, Tensor>): Uint16Array | undefined {
  if (recipe.weights.some((name) => weights.get(name)?.halves === undefined)) return undefined;
  const matrix = new Uint16Array(packedRows(recipe) * padded(recipe.columns));
  pack(recipe, weights, matrix, ({ halves }) => halves as Uint16Array); // seen above
  return matrix;
}

/** [padded columns] */
export function packBias(recipe: WeightRecipe, weights: ReadonlyMap<string, Tensor>): Float32Array {
  const bias = new Float32Array(padded(recipe.columns));
  let column = 0;
  for (const [index, name] of recipe.weights.entries()) {
    const added = recipe.biases[index];
    if (added !== undefined) bias.set((weights.get(added) as Tensor).data, column); // every recipe names weights of the graph
    column += at((weights.get(name) as Tensor).shape, -1);
  }
  return bias;
}

function pack<Values extends Float32Array | Uint16Array>(
  recipe: WeightRecipe,
  weights: ReadonlyMap<string, Tensor>,
  matrix: Values,
  valuesOf: (tensor: Tensor) => Values,
): void {
  const width = padded(recipe.columns);
  const channels = recipe.sources.reduce((total, size) => total + size, 0);
  let column = 0;
  for (const name of recipe.weights) {
    const tensor = weights.get(name) as Tensor; // every recipe names weights of the graph
    const values = valuesOf(tensor);
    const columns = at(tensor.shape, -1);
    let row = 0;
    let first = 0;
    for (const size of recipe.sources) {
      for (let cell = 0; cell < recipe.cells; cell++) {
        for (let channel = 0; channel < size; channel++) {
          const from = (cell * channels + first + channel) * columns;
          matrix.set(values.subarray(from, from + columns), (row + channel) * width + column);
        }
        row += padded(size);
      }
      first += size;
    }
    column += columns;
  }
}

/** Equal for recipes that pack to the same bytes. */
export function recipeKey({ weights, biases, sources, cells, columns, winograd }: WeightRecipe): string {
  return JSON.stringify([weights, biases, sources, cells, columns, winograd]);
}
