import { describe, expect, it } from 'vitest';
import type { EditMeasurement, NetworkMeasurement } from './measurements';
import { greyLevelsApart, median, ownOf, ratiosTo, summariseEdit, summariseNetwork } from './summary';

const round = (warmRunsMs: number[], more: Partial<NetworkMeasurement> = {}): NetworkMeasurement => ({
  device: 'a device',
  loadMs: 1,
  firstRunMs: 9,
  warmRunsMs,
  multiplyAdds: 1e9,
  maxError: 1e-4,
  ...more,
});

describe('summaries of measurements', () => {
  it('take the middle of an odd and of an even number of runs', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 9, 2])).toBe(3);
    expect(median([])).toBeNaN();
  });

  it('join the rounds of one engine: all its runs, its largest memory and error', () => {
    const rounds = [
      round([10, 20], { gpuBytes: 2 ** 20, maxError: 1e-3 }),
      round([30, 1000], { gpuBytes: 3 * 2 ** 20 }),
    ];
    expect(summariseNetwork(rounds, 160)).toMatchObject({
      medianMs: 25,
      fastestMs: 10,
      slowestMs: 1000,
      gpuMiB: 3,
      gigaflops: 80,
      shareOfPeak: 0.5,
      maxError: 1e-3,
    });
  });

  it('say no share of the peak of what runs on the CPU', () => {
    expect(summariseNetwork([round([10])], 160)).not.toHaveProperty('shareOfPeak');
  });

  it('take the split of the fastest round, and the first edit where there was no time for another', () => {
    const edited = (firstMs: number, warmMs: number[], runs: number): EditMeasurement => ({
      device: '',
      edit: 'add',
      steps: 12,
      loadMs: 5,
      firstMs,
      warmMs,
      share: { denoiser: { milliseconds: 1, runs } },
      picture: new Float32Array(),
    });
    expect(summariseEdit([edited(90, [50], 1), edited(80, [40], 2)])).toMatchObject({
      medianMs: 45,
      share: { denoiser: { runs: 2 } },
    });
    expect(summariseEdit([edited(90, [], 1)])).toMatchObject({ medianMs: 90, firstMs: 90 });
  });

  it('compare others with ours, and nothing with what could not run', () => {
    const results = { wgsl: { medianMs: 4 }, a: { medianMs: 10 }, b: { error: 'no adapter' } };
    expect(ratiosTo('wgsl', results)).toEqual({ a: 2.5 });
    expect(ratiosTo('b', results)).toEqual({});
  });

  it('compare with whichever of our kernels were faster', () => {
    expect(ownOf({ wgsl: { medianMs: 4 }, 'simd-wasm': { medianMs: 9 } })).toBe('wgsl');
    expect(ownOf({ wgsl: { medianMs: 40 }, 'simd-wasm': { medianMs: 9 } })).toBe('simd-wasm');
    expect(ownOf({ wgsl: { error: 'no adapter' }, 'simd-wasm': { medianMs: 9 } })).toBe('simd-wasm');
    expect(ownOf({})).toBe('wgsl');
  });

  it('tell pictures apart in grey levels, also where one is shorter', () => {
    expect(greyLevelsApart([0, 1], [0, -1])).toBe(255);
    expect(greyLevelsApart([0], [])).toBe(Infinity);
  });
});
