import { describe, expect, it } from 'vitest';
import type { Edit } from '../edit';
import { generate } from '../generate';
import { prepareSource } from '../source';
import { fakeNetworks, fakeRadiograph } from '../testing/fakes';
import { searchEdit, type SearchOptions, type SearchTrial } from './searchEdit';

const SEARCH: SearchOptions = { rounds: 1, candidates: 2, rho: 0.6, beta: 4, gamma: 0.5 };
const SAMPLING = { seed: 5, steps: 4, sampler: 'auto', guidance: 1, maxTime: 0.9 } as const;
const EDIT: Edit = { kind: 'add', finding: 'nodule', places: ['right_mid'], severity: 3 };
const RUN = { backend: 'test', clock: () => new Date('2026-01-01T00:00:00Z') };
const film = fakeRadiograph(200, 200, 12);

describe('exploring what is drawn', () => {
  it('tries as many seeds and keeps the best of them, which its recipe makes again', async () => {
    const networks = fakeNetworks();
    const source = await prepareSource(film, networks);
    const trials: SearchTrial[] = [];
    const found = await searchEdit(source, networks, EDIT, SAMPLING, SEARCH, [], {
      ...RUN,
      onProgress: ({ trial }) => {
        if (trial !== undefined) trials.push(trial);
      },
    });
    expect(trials.map(({ trial }) => trial)).toEqual([0, 1, 2]);
    const scores = trials.map(({ score }) => score);
    const seed = SAMPLING.seed + scores.indexOf(Math.max(...scores));
    expect(found.recipe.sampling).toEqual({ sampler: 'sketch', seed });
    const again = await generate(source, networks, EDIT, { ...SAMPLING, seed }, RUN);
    expect(found.image.pixels).toEqual(again.image.pixels);
    expect(networks.batches).toHaveLength(0);
  });

  it('ends early with the best so far', async () => {
    const networks = fakeNetworks();
    const finish = new AbortController();
    const trials: SearchTrial[] = [];
    await searchEdit(await prepareSource(film, networks), networks, EDIT, SAMPLING, SEARCH, [], {
      ...RUN,
      finish: finish.signal,
      onProgress: ({ trial }) => {
        if (trial === undefined) return;
        trials.push(trial);
        finish.abort();
      },
    });
    expect(trials).toHaveLength(1);
  });
});
