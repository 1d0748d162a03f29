import { describe, expect, it } from 'vitest';
import { readModel } from '../testing/model-files';
import { encodeHalves } from '../half';
import { readSafetensors } from '../safetensors';
import { writeSafetensors } from '../testing/write-safetensors';
import { lowerGraph } from './lower';
import { packHalves, packWeights, recipeKey } from './pack';
import type { WeightRecipe } from './program';

function recipesOf(program: unknown): readonly WeightRecipe[] {
  const found = new Map<string, WeightRecipe>();
  JSON.stringify(program, (name, value: unknown) => {
    if (name === 'recipe') found.set(recipeKey(value as WeightRecipe), value as WeightRecipe);
    return value;
  });
  return [...found.values()];
}

describe('weights that a file gives as halves', () => {
  it('are laid out as their bits, as those that are decoded, laid out and rounded', () => {
    const { graph, weights } = readModel('decoder');
    const recipes = recipesOf(lowerGraph(graph, 2));
    expect(recipes.length).toBeGreaterThan(10);
    for (const recipe of recipes.slice(0, 6))
      expect(packHalves(recipe, weights)).toEqual(encodeHalves(packWeights(recipe, weights).matrix));
  });

  it('are decoded where one of them came as float32', () => {
    const tensor = { shape: [4, 4], data: Float32Array.from({ length: 16 }, (_, i) => i / 3) };
    const recipe: WeightRecipe = { weights: ['a'], biases: [undefined], sources: [4], cells: 1, columns: 4 };
    const read = (type: 'F16' | 'F32') => readSafetensors(writeSafetensors(new Map([['a', tensor]]), type));
    expect(packHalves(recipe, read('F32'))).toBeUndefined();
    expect(packHalves(recipe, read('F16'))).toEqual(encodeHalves(tensor.data));
  });
});
