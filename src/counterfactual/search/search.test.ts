import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Edit } from '../edit';
import { generate } from '../generate';
import { mixNoise, noiseOf } from '../noise';
import { gaussianNoise } from '../random';
import { recipeFromText } from '../recipe';
import { prepareSource, type Source } from '../source';
import { editWith, type LooseEdit } from '../testing/edits';
import { clearReader, fakeNetworks, fakeRadiograph } from '../testing/fakes';
import { changeOutside, editScore, likeness, targetLogit } from './score';
import { searchEdit, type SearchOptions, type SearchTrial } from './searchEdit';
import { searchNoise } from './searchNoise';

const SEARCH: SearchOptions = { rounds: 2, candidates: 2, rho: 0.6, beta: 4, gamma: 0.5 };
const SAMPLING = { seed: 5, steps: 4, sampler: 'inpaint', guidance: 1, maxTime: 0.9 } as const;
const EDIT: Edit = { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 1 };

describe('a search over noises', () => {
  /** Noise is a number; its score is given by a table that the property draws. */
  const over = (scores: readonly number[], rounds: number, candidates: number, stopAfter = Infinity) => {
    let rendered = 0;
    return searchNoise<number, number>({
      start: 0,
      rounds,
      candidates,
      neighbour: (_, trial) => trial,
      render: (noise) => {
        rendered++;
        return Promise.resolve(noise);
      },
      score: (trial) => scores[trial % scores.length] ?? 0,
      stopped: () => rendered >= stopAfter,
    });
  };
  const tables = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 30 });

  it('never falls, ends with the best of all it tried, and renders 1 + rounds x candidates', async () => {
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        async (scores, rounds, candidates) => {
          const found = await over(scores, rounds, candidates);
          expect(found.evaluations).toBe(1 + rounds * candidates);
          expect([...found.history].sort((a, b) => a - b)).toEqual(found.history);
          const tried = Array.from({ length: found.evaluations }, (_, trial) => scores[trial % scores.length] ?? 0);
          expect(found.score).toBe(Math.max(...tried));
          expect(found.score).toBeGreaterThanOrEqual(found.startScore);
        },
      ),
    );
  });

  it('keeps the best so far when it is stopped', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 1, max: 12 }), async (scores, stopAfter) => {
        const found = await over(scores, 4, 4, stopAfter);
        expect(found.evaluations).toBe(Math.min(stopAfter, 17));
        const tried = Array.from({ length: found.evaluations }, (_, trial) => scores[trial % scores.length] ?? 0);
        expect(found.score).toBe(Math.max(...tried));
        expect(scores[found.noise % scores.length]).toBe(found.score);
      }),
    );
  });
});

describe('noise along a path', () => {
  it('is the seed’s own where there is none, and mixes one stream in for each kept trial', () => {
    const own = gaussianNoise(7, 2, 0, 64);
    expect(noiseOf(7, 64)(2, 0)).toEqual(own);
    const once = noiseOf(7, 64, { rho: 0.6, path: [3] })(2, 0);
    expect(once).toEqual(mixNoise(own, gaussianNoise(7, 2, 0, 64, 3), 0.6));
    expect(gaussianNoise(7, 2, 0, 64, 3)).not.toEqual(own);
  });

  it('stays standard normal however long the path is', () => {
    const noise = noiseOf(1, 20_000, { rho: 0.7, path: [1, 5, 9, 14] })(0, 0);
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });
});

describe('the score', () => {
  const reading = (opacity: number, effusion = 0.5) => ({
    findings: {
      ...Object.fromEntries([
        ['effusion', effusion],
        ['consolidation', 0.5],
      ]),
    } as never,
    zoneSeverity: [],
    opacityMap: new Float32Array(1024).fill(opacity),
  });
  const cells = new Float32Array(1024).fill(1);

  it('wants more of what is added, less of what is removed, and the asked grade', () => {
    const logit = (edit: Partial<LooseEdit>, opacity: number, effusion = 0.5) =>
      targetLogit(reading(opacity, effusion), editWith(EDIT, edit), cells, 3);
    expect(logit({}, 0.8)).toBeGreaterThan(logit({}, 0.3));
    expect(logit({ kind: 'remove', severity: 0 }, 0.1)).toBeGreaterThan(logit({ kind: 'remove', severity: 0 }, 0.6));
    expect(logit({ kind: 'grade', severity: 1.5 }, 0.5)).toBe(-0);
    expect(logit({ kind: 'grade', severity: 1.5 }, 0.9)).toBeLessThan(-1);
    expect(logit({ finding: 'effusion' }, 0.1, 0.9)).toBeGreaterThan(logit({ finding: 'effusion' }, 0.9, 0.1));
  });

  it('pays for change outside and for likeness', () => {
    expect(editScore(3, 1, 0.5, 2, 1)).toBe(0.5);
    const left = cells.map((_, cell) => (cell % 32 < 16 ? 1 : 0));
    const after = { ...reading(0.2), opacityMap: left.map((inside) => (inside === 1 ? 0.9 : 0.3)) };
    expect(changeOutside(reading(0.2), after, left)).toBeCloseTo(0.1, 5);
    const change = cells.map((_, cell) => Math.sin(cell));
    expect(likeness(change, [change])).toBeCloseTo(1, 5);
    expect(likeness(change, [change.map((value) => -value)])).toBe(0);
    expect(likeness(change, [])).toBe(0);
  });
});

describe('exploring an edit', () => {
  const film = fakeRadiograph(256, 256, 8);
  const networks = fakeNetworks();
  let source: Source;
  beforeAll(async () => {
    source = await prepareSource(film, networks);
  });
  const run = { backend: 'test', clock: () => new Date('2026-01-01T00:00:00Z') };

  it('tells every trial, and its result can be made again from the recipe', async () => {
    const trials: SearchTrial[] = [];
    const found = await searchEdit(source, networks, EDIT, SAMPLING, SEARCH, [], {
      ...run,
      onProgress: ({ trial }) => {
        if (trial !== undefined) trials.push(trial);
      },
    });
    expect(trials.map(({ trial }) => trial)).toEqual([0, 1, 2, 3, 4]);
    const best = trials.filter((trial) => trial.best).map(({ score }) => score);
    expect([...best].sort((a, b) => a - b)).toEqual(best);
    const { search } = recipeFromText(JSON.stringify(found.recipe), 'found.png');
    expect(search).toMatchObject({ trials: 5, rho: 0.6, score: best.at(-1), startScore: trials[0]?.score });
    if (search === undefined) throw new Error('no search in the recipe');
    const again = await generate(source, networks, EDIT, { ...SAMPLING, noise: search }, run);
    expect(again.image.pixels).toEqual(found.image.pixels);
    expect(again.measures?.change).toEqual(found.measures?.change);
  });

  it('scores what is sampled, not what was asked to go and is not there', async () => {
    const single = { ...SEARCH, rounds: 0, candidates: 0 };
    const clear = { ...networks, reader: () => Promise.resolve(clearReader()) };
    const read = await prepareSource(film, clear);
    const { kind: _kind, places: _places, finding, severity } = EDIT;
    const absent: Edit = {
      kind: 'remove',
      finding: 'edema',
      places: ['right_upper'],
      severity: 0,
      further: [{ finding, severities: { left_lower: severity } }],
    };
    const alone = await searchEdit(read, clear, EDIT, SAMPLING, single, [], run);
    const beside = await searchEdit(read, clear, absent, SAMPLING, single, [], { ...run, allowUncertain: true });
    expect(beside.recipe.search).toEqual(alone.recipe.search);
    expect(beside.recipe.edit.finding).toBe('edema');
  });

  it('gives the same for the same seed', async () => {
    const once = await searchEdit(source, networks, EDIT, SAMPLING, SEARCH, [], run);
    const twice = await searchEdit(source, networks, EDIT, SAMPLING, SEARCH, [], run);
    expect(twice.recipe).toEqual(once.recipe);
    expect(twice.image.pixels).toEqual(once.image.pixels);
  });

  it('is not guided by the second reader', async () => {
    const plain = await searchEdit(source, networks, EDIT, SAMPLING, SEARCH, [], run);
    const biased = {
      ...networks,
      secondReader: async () => ({
        read: async () => ({
          ...(await (await networks.secondReader()).read(new Float32Array(65536))),
          opacityMap: new Float32Array(1024).fill(0.9),
        }),
      }),
    };
    const other = await searchEdit(await prepareSource(film, biased), biased, EDIT, SAMPLING, SEARCH, [], run);
    expect(other.image.pixels).toEqual(plain.image.pixels);
  });

  it('ends with what it has when it shall finish, and with nothing when it is cancelled', async () => {
    const finish = new AbortController();
    let tried = 0;
    const found = await searchEdit(source, networks, EDIT, SAMPLING, SEARCH, [], {
      ...run,
      finish: finish.signal,
      onProgress: ({ trial }) => {
        if (trial === undefined) return;
        tried++;
        if (tried === 2) finish.abort();
      },
    });
    expect(found.recipe.search).toMatchObject({ trials: 2 });
    expect(found.changedPixels).toBeGreaterThan(0);
    await expect(
      searchEdit(source, networks, EDIT, SAMPLING, SEARCH, [], { ...run, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('keeps away from what was kept before', async () => {
    const [plain, away] = [[], [new Float32Array(1024).fill(1)]];
    const scores = async (accepted: readonly Float32Array[]) =>
      (await searchEdit(source, networks, EDIT, SAMPLING, { ...SEARCH, rounds: 1, candidates: 1 }, accepted, run))
        .recipe.search;
    const [free, bound] = [await scores(plain), await scores(away)];
    if (free === undefined || bound === undefined || !('startScore' in free) || !('startScore' in bound))
      throw new Error('no record');
    expect(bound.startScore).toBeLessThan(free.startScore);
  });
});
