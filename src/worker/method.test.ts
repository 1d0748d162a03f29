import { describe, expect, it } from 'vitest';
import { fakeNetworks, fakeRadiograph } from '../counterfactual/testing/fakes';
import { fakeExecutor } from '../networks/testing/fakes';
import { deviceReport } from './deviceReport';
import { createMethod, type Progress } from './method';

const REPORT = { backend: 'wasm', device: 'a test', calibration: {}, notes: [] } as const;
const EDIT = { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 2 } as const;
const SAMPLING = { seed: 1, steps: 4, sampler: 'twin-flow', guidance: 4, maxTime: 0.9 } as const;

describe('method', () => {
  it('needs only anatomist and reader for the first analysis, and no second run for an edit of the same film', async () => {
    const networks = fakeNetworks();
    let warmed = 0;
    const suite = { ...networks, warm: async () => void (warmed += 1), dispose: () => undefined };
    const method = createMethod(fakeExecutor(), suite, REPORT);
    const stages: Progress[] = [];
    const job = {
      signal: new AbortController().signal,
      onProgress: (progress: Progress) => void stages.push(progress),
    };
    const film = fakeRadiograph(256, 256, 8);
    const analysis = await method.analyse(film, job);
    expect(networks.asked).toEqual(['anatomist', 'reader']);
    expect(warmed).toBe(1);
    expect(Object.keys(analysis.zones)).toHaveLength(7);
    expect(analysis.zones.left_lower).toHaveLength(1024);
    const result = await method.generate(film, EDIT, SAMPLING, false, job);
    // The second time is for the receipt: the anatomy of the result.
    expect(networks.asked.filter((name) => name === 'anatomist')).toHaveLength(2);
    await method.generate(film, EDIT, { ...SAMPLING, seed: 2 }, false, job);
    for (const once of ['encoder', 'reader']) expect(networks.asked.filter((name) => name === once)).toHaveLength(1);
    expect(result.recipe.backend).toBe('wasm (a test)');
    expect(new Set(stages.map(({ stage }) => stage))).toEqual(new Set(['read', 'sample', 'compose']));
  }, 60_000);

  const turns = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  const opened = () => {
    const networks = fakeNetworks();
    const suite = { ...networks, warm: () => Promise.resolve(), dispose: () => undefined };
    const job = { signal: new AbortController().signal, onProgress: () => undefined };
    const times = (name: string): number => networks.asked.filter((each) => each === name).length;
    return { method: createMethod(fakeExecutor(), suite, REPORT), job, networks, times };
  };

  it('asks ahead what the first edit of a film will ask of it', async () => {
    const { method, job, networks, times } = opened();
    const film = fakeRadiograph(256, 256, 8);
    await method.analyse(film, job);
    await turns();
    expect(networks.asked).toEqual(['anatomist', 'reader', 'decoder', 'encoder', 'second-reader']);
    const judged = times('second-reader');
    await method.generate(film, EDIT, SAMPLING, false, job);
    expect(times('encoder')).toBe(1);
    // Once more, for the result.
    expect(times('second-reader')).toBe(judged + 1);
  }, 60_000);

  it('asks nothing ahead once a job has come, nor for a film that is read between the steps of an edit', async () => {
    const first = opened();
    const film = fakeRadiograph(256, 256, 8);
    await first.method.analyse(film, first.job);
    await first.method.generate(film, { ...EDIT, places: [] }, SAMPLING, false, first.job);
    await turns();
    expect(first.times('encoder')).toBe(0);

    const { method, job, times } = opened();
    let isRead = false;
    const breathe = async (): Promise<void> => {
      if (isRead) return;
      isRead = true;
      await method.analyse({ ...fakeRadiograph(256, 256, 8), id: 'another' }, job);
      await turns();
      expect(times('encoder')).toBe(1);
    };
    await method.generate(film, EDIT, SAMPLING, false, { ...job, breathe });
    expect(isRead).toBe(true);
  }, 60_000);

  it('reports what was measured and why a backend was not used', () => {
    const calibration = { milliseconds: 12 } as never;
    const report = deviceReport(
      { backend: 'wasm', kernels: 'simd', device: 'CPU', lacks: ['threads'] },
      {
        chosen: 'wasm',
        candidates: [
          { backend: 'wasm', calibration },
          { backend: 'webgpu', note: 'no adapter' },
        ],
      },
      [{ kind: 'returned' }],
    );
    expect(report).toEqual({
      backend: 'wasm',
      kernels: 'simd',
      device: 'CPU',
      calibration: { wasm: 12 },
      notes: [
        { kind: 'unusable', backend: 'webgpu', error: { code: 'unexpected', message: 'no adapter', advice: '' } },
        { kind: 'lacking', what: 'threads' },
        { kind: 'returned' },
      ],
    });
  });
});
