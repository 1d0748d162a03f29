import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../counterfactual/edit';
import { recipeWithTaken, writeRecipe } from '../../counterfactual/recipe';
import { pngTexts } from '../../export/about';
import { packTaken } from '../../findings/taken';
import { encodePng } from '../../imaging/png';
import type { Radiograph } from '../../imaging/radiograph';
import { samplingFor } from '../release';
import { seedsAsked } from '../seeds';
import { currentDocument } from '../slices/documents';
import { fakeFile, fakeRadiograph, fakeStudio } from '../testing/fakes';
import { generate, whyNotExplore } from './generate';
import { openDropped } from './openDropped';
import { openFiles } from './openFiles';
import { startEngine } from './startEngine';

/** Of an opacity that was erased. */
function erasure(film: Radiograph, { steps, guidance }: { steps: number; guidance: number }): Promise<Recipe> {
  return writeRecipe({
    radiograph: film,
    edit: { kind: 'remove', finding: 'lung_opacity', places: ['left_mid', 'left_lower'], severity: 0 },
    sampling: { seed: 77, steps, guidance, maxTime: 0.9, sampler: 'twin-flow', shift: 1, averages: 1, passes: 1 },
    models: { denoiser: '0.9.0' },
    backend: 'wasm',
    createdAt: new Date('2026-01-01'),
  });
}

function fileOf(film: Radiograph, recipe: Recipe) {
  const bytes = encodePng({ ...film, synthetic: true }, pngTexts(recipe));
  return { name: 'erased.png', bytes: () => Promise.resolve(bytes) };
}

describe('an erased film that was dropped without the one that it was', () => {
  it('asks for what each zone had, once, and is missed no more when that was given back', async () => {
    const film = fakeRadiograph('film.png', { pixels: new Uint16Array(64 * 80).fill(9) });
    const studio = fakeStudio({ open: (_, name) => Promise.resolve(fakeRadiograph(name)) });
    await startEngine(studio);
    const severities = { left_mid: 1.7, left_lower: 0.9 };
    const lay = { places: ['left_mid', 'left_lower'], severity: 1.7, severities } as const;
    const residual = new Float32Array(32 * 32 * 8).fill(0.5, 400, 440);
    const taken = packTaken(residual, new Float32Array(32 * 32).fill(1), lay);
    if (taken === undefined) throw new Error('something was taken');
    const recipe = recipeWithTaken(await erasure(film, { steps: 9, guidance: 4 }), taken);
    await openDropped(studio, [fileOf(film, recipe)]);
    const state = studio.store.getState();
    expect(currentDocument(state)?.request.severities).toEqual(severities);
    expect(state.notices).toHaveLength(1);
    expect(seedsAsked({ ...state, seedCount: 4 })).toBe(1);
    expect(whyNotExplore(state)).toMatch(/one answer/);
    await generate(studio);
    expect(currentDocument(studio.store.getState())?.versions).toHaveLength(1);
    expect(studio.store.getState().notices).toEqual([]);
  });
});

describe('a result of a flow that was chosen by name', () => {
  it('gives its numbers back as chosen, also where they are the advice for another way', async () => {
    const studio = fakeStudio();
    await startEngine(studio);
    await openFiles(studio, [fakeFile('chest.png')]);
    const { steps, guidance } = samplingFor(studio.store.getState().release, 'remove');
    await openDropped(studio, [fileOf(fakeRadiograph(), await erasure(fakeRadiograph(), { steps, guidance }))]);
    const { request } = currentDocument(studio.store.getState()) ?? {};
    expect(request?.sampling).toMatchObject({ steps, guidance, sampler: 'twin-flow' });
  });

  it('of an erasure of 0.18.0 what was its advice is left to this release', async () => {
    const restored = async (steps: number) => {
      const studio = fakeStudio();
      await startEngine(studio);
      await openFiles(studio, [fakeFile('chest.png')]);
      const made = await erasure(fakeRadiograph(), { steps, guidance: 4 });
      const recipe = { ...made, sampling: { ...made.sampling, healthyTwin: true } } as Recipe;
      await openDropped(studio, [fileOf(fakeRadiograph(), recipe)]);
      return currentDocument(studio.store.getState())?.request.sampling;
    };
    expect(await restored(8)).toMatchObject({ sampler: 'auto' });
    expect((await restored(8))?.steps).toBeUndefined();
    expect((await restored(12))?.steps).toBe(12);
  });
});
