import { describe, expect, it, vi } from 'vitest';
import { TOKEN_WIDTH } from '../../findings/tokens';
import { FINDINGS, REGIONS } from '../../findings/vocabulary';
import { emptyMask, paintDisc } from '../../imaging/mask';
import type { Counterfactual, Edit, SamplingOptions } from '../edit';
import { generate } from '../generate';
import { recipeFromText } from '../recipe';
import { effectLines } from '../receipt/effectLine';
import { remarksOnMade } from '../remarks';
import { RULERS } from '../testing/receipts';
import { searchEdit } from '../search/searchEdit';
import { prepareSource } from '../source';
import { smoothProbabilities } from './testing/chests';
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

  it('is narrowed where it is wider than the grade that is asked, and what was made says so', async () => {
    const networks = fakeNetworks({ probabilities: smoothProbabilities() });
    const edit: Edit = {
      kind: 'add',
      finding: 'cardiomegaly',
      places: ['mediastinum'],
      severity: 1,
      sketch: { amount: 0.35 },
    };
    const result = await make(edit, 'auto', networks);
    const [{ ratioBefore = 0, ratio = 0 } = {}] = result.figures ?? [];
    expect(ratio).toBeLessThan(ratioBefore);
    expect(Math.abs(ratio - 0.35)).toBeLessThan(0.01);
    expect(remarksOnMade(result)).toEqual([expect.stringContaining('made narrower')]);
    const [line] = effectLines(result, RULERS);
    expect(line?.reason).toContain('made narrower');
  });

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
      ['cardiomegaly', true],
      ['nodule', undefined],
    ]);
  });
});

describe('an effusion that goes while something else comes', () => {
  const FLUID: Edit = { kind: 'add', finding: 'effusion', places: ['right_lower'], severity: 2 };
  const gone = { effusion: { finding: 'effusion', severities: { right_lower: 0 } } } as const;
  const nodule: Edit = {
    kind: 'add',
    finding: 'nodule',
    places: ['left_upper'],
    severity: 2,
    further: [gone.effusion],
  };
  const opacity: Edit = {
    kind: 'remove',
    finding: 'lung_opacity',
    places: ['left_upper'],
    severity: 0,
    further: [gone.effusion],
  };

  async function onFluid(edit: Edit): Promise<{ readonly made: Counterfactual; readonly networks: FakeChest }> {
    const fluid = await generate(
      await prepareSource(fakeRadiograph(300, 300, 12), fakeNetworks({ probabilities: smoothProbabilities() })),
      fakeNetworks({ probabilities: smoothProbabilities() }),
      FLUID,
      { seed: 3, steps: 4, sampler: 'auto', guidance: 2, maxTime: 0.9 },
      { backend: 'test' },
    );
    const networks = fakeNetworks({ probabilities: smoothProbabilities() });
    const made = await generate(
      await prepareSource(fluid.image, networks),
      networks,
      edit,
      { seed: 3, steps: 4, sampler: 'auto', guidance: 2, maxTime: 0.9 },
      { backend: 'test' },
    );
    return { made, networks };
  }

  it('is drained first, and what comes is drawn on the chest without it', async () => {
    const { made } = await onFluid(nodule);
    expect(made.recipe.sampling.sampler).toBe('sketch');
    expect(made.recipe.drawn?.map(({ finding, remove }) => [finding, remove])).toEqual([
      ['effusion', true],
      ['nodule', undefined],
    ]);
    expect(made.figures?.[0]?.['takenCm2']).toBeGreaterThan(2);
    expect(recipeFromText(JSON.stringify(made.recipe), 'chest.png')).toEqual(made.recipe);
  });

  it('is drained before the denoiser changes anything else, which starts from the film without it', async () => {
    const { made, networks } = await onFluid(opacity);
    expect(made.recipe.drawn?.map(({ finding, remove }) => [finding, remove])).toEqual([['effusion', true]]);
    expect(made.recipe.sampling.sampler).toBe('twin-flow');
    // Eight steps from 0.85 on harmonise what was drained; then the sampler starts at 0.9.
    const times = networks.batches.map(([first]) => first?.time ?? 0);
    expect(times[0]).toBeCloseTo(0.85, 5);
    expect(times.findIndex((time) => time > 0.86)).toBeGreaterThanOrEqual(8);
    expect(made.recipe.edit.further?.[0]?.finding).toBe('effusion');
  });

  it('is left alone where none is found: the denoiser is asked for the rest as if it were not named', async () => {
    const networks = fakeNetworks({ probabilities: smoothProbabilities() });
    const made = await make(nodule, 'auto', networks);
    expect(made.recipe.drawn?.map(({ finding }) => finding)).toEqual(['nodule']);
    expect(made.recipe.sampling.sampler).toBe('sketch');
    const alone = await make({ ...opacity, further: [] }, 'auto', fakeNetworks());
    const beside = await make(opacity, 'auto', fakeNetworks());
    expect(beside.recipe.notFound).toEqual(['effusion']);
    expect(beside.image.pixels).toEqual(alone.image.pixels);
    expect(beside.recipe.sampling).toEqual(alone.recipe.sampling);
    // Exploring leaves it alone, too.
    const source = await prepareSource(film, networks);
    const found = await searchEdit(
      source,
      networks,
      opacity,
      { seed: 3, steps: 4, sampler: 'auto', guidance: 2, maxTime: 0.9 },
      { rounds: 1, candidates: 1, rho: 0.6, beta: 4, gamma: 0.5 },
      [],
      { backend: 'test' },
    );
    expect(found.recipe.notFound).toEqual(['effusion']);
    // It is told, in the recipe, with the result and in the receipt.
    expect(recipeFromText(JSON.stringify(made.recipe), 'a.png').notFound).toEqual(['effusion']);
    expect(remarksOnMade(made)).toEqual(['No effusion was found that could be taken away.']);
    const told = effectLines(made, RULERS).find(({ id }) => id === 'effect-effusion');
    expect(told?.reason).toBe('No effusion was found that could be taken away.');
  });
});

describe('a nodule that goes', () => {
  const mask = paintDisc(emptyMask(300, 300), 90, 130, 12, 255);
  const gone: Edit = { kind: 'remove', finding: 'nodule', places: [], severity: 0, mask };

  it('is drawn away, then harmonised by the denoiser, told what is read of the film without it', async () => {
    const networks = fakeNetworks();
    const result = await make(gone, 'auto', networks);
    expect(result.recipe.drawn?.[0]?.harmonised).toEqual({ from: 0.85, steps: 8, guidance: 1.5 });
    expect(networks.batches).toHaveLength(8);
    // The film as it came, the film without it, and for the receipt the anatomy of what came of it.
    const seen = ['anatomist', 'reader'];
    expect(networks.asked.filter((name) => seen.includes(name))).toEqual([...seen, ...seen, 'anatomist']);
    const nodule = FINDINGS.indexOf('nodule');
    const told = networks.batches[0]?.[0]?.tokens ?? [];
    const anywhere = REGIONS.indexOf('anywhere') * TOKEN_WIDTH;
    expect([told[anywhere + nodule], told[anywhere + FINDINGS.length + nodule]]).toEqual([0, 1]);
    expect(recipeFromText(JSON.stringify(result.recipe), 'chest.png')).toEqual(result.recipe);
  });

  it('stays inside what is painted but for the rim of every edit', async () => {
    const result = await make(gone, 'auto', fakeNetworks());
    const far = paintDisc(emptyMask(300, 300), 90, 130, 12 + 300 / 32, 255);
    const changed = Array.from(result.image.pixels).map((value, at) => value !== film.pixels[at]);
    expect(changed.some(Boolean)).toBe(true);
    expect(changed.every((is, at) => !is || far.data[at] === 255)).toBe(true);
  });
});
