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
