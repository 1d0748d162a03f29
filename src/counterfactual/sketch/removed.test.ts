import { describe, expect, it, vi } from 'vitest';
import { emptyMask, paintDisc } from '../../imaging/mask';
import type { Counterfactual, Edit, SamplingOptions } from '../edit';
import { generate } from '../generate';
import { recipeFromText } from '../recipe';
import { prepareSource } from '../source';
import { fakeNetworks, fakeRadiograph, type FakeChest } from '../testing/fakes';

vi.setConfig({ testTimeout: 60_000 });

const NORMAL_HEART: Edit = { kind: 'remove', finding: 'cardiomegaly', places: ['mediastinum'], severity: 0 };
const film = fakeRadiograph(300, 300, 12);

async function make(edit: Edit, sampler: SamplingOptions['sampler'], networks: FakeChest): Promise<Counterfactual> {
  return generate(
    await prepareSource(film, networks),
    networks,
    edit,
    { seed: 3, steps: 4, sampler, guidance: 2, maxTime: 0.9 },
    { backend: 'test', clock: () => new Date('2026-01-01T00:00:00Z') },
  );
}

describe('an enlarged heart that goes', () => {
  it.each(['auto', 'sketch'] as const)(
    'is drawn back by %s without a step of the denoiser, and the recipe says so',
    async (sampler) => {
      const networks = fakeNetworks();
      const result = await make(NORMAL_HEART, sampler, networks);
      expect(networks.batches).toHaveLength(0);
      expect(result.recipe.sampling).toEqual({ sampler: 'sketch', seed: 3 });
      expect(result.recipe.drawn).toEqual([
        {
          finding: 'cardiomegaly',
          severity: 0,
          places: ['mediastinum'],
          amount: 0.46,
          unit: 'ratio',
          options: {},
          remove: true,
        },
      ]);
      const [figures = {}] = result.figures ?? [];
      expect(figures['ratio']).toBeLessThanOrEqual(figures['ratioBefore'] ?? 0);
      expect(result.changedPixels > 0).toBe((figures['ratioBefore'] ?? 0) > 0.466);
      expect(recipeFromText(JSON.stringify(result.recipe), 'chest.png')).toEqual(result.recipe);
    },
  );

  it('is left to the denoiser where that is asked for by name, and inside a painted mask', async () => {
    const named = fakeNetworks();
    expect((await make(NORMAL_HEART, 'twin-flow', named)).recipe.drawn).toBeUndefined();
    expect(named.batches.length).toBeGreaterThan(0);
    const painted = fakeNetworks();
    const mask = paintDisc(emptyMask(300, 300), 160, 170, 40, 255);
    expect((await make({ ...NORMAL_HEART, places: [], mask }, 'auto', painted)).recipe.drawn).toBeUndefined();
    expect(painted.batches.length).toBeGreaterThan(0);
  });

  it('goes together with what comes', async () => {
    const result = await make(
      {
        kind: 'add',
        finding: 'nodule',
        places: ['right_mid'],
        severity: 2,
        further: [{ finding: 'cardiomegaly', severities: { mediastinum: 0 } }],
      },
      'auto',
      fakeNetworks(),
    );
    expect(result.recipe.drawn?.map(({ finding, remove }) => [finding, remove])).toEqual([
      ['nodule', undefined],
      ['cardiomegaly', true],
    ]);
  });
});
