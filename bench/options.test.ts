import { describe, expect, it } from 'vitest';
import { parseBenchOptions } from './options';
import { ENGINES } from './page/protocol';

describe('the command line of the benchmark', () => {
  it('measures everything where nothing is said', () => {
    expect(parseBenchOptions([])).toMatchObject({
      networks: [],
      edits: ['erase', 'add'],
      engines: ENGINES,
      rounds: 2,
      steps: undefined,
    });
  });

  it('leaves edits out where networks are named, unless they are named too', () => {
    expect(parseBenchOptions(['decoder']).edits).toEqual([]);
    expect(parseBenchOptions(['decoder', '--edits', 'add']).edits).toEqual(['add']);
    expect(parseBenchOptions(['--edits', 'none']).edits).toEqual([]);
  });

  it('has a short form, of which each part can be said otherwise', () => {
    expect(parseBenchOptions(['--quick'])).toMatchObject({
      networks: ['denoiser'],
      rows: 3,
      edits: ['erase'],
      sides: [256, 3000],
      rounds: 1,
    });
    const own = parseBenchOptions(['--quick', '--sides', '512', '--engines', 'simd-wasm', '--edit-runs', '4']);
    expect(own).toMatchObject({ sides: [512], engines: ['simd-wasm'], editRuns: 4, rows: 3 });
    expect(parseBenchOptions([])).toMatchObject({ rows: undefined, sides: [undefined] });
  });

  it('names what there is not', () => {
    expect(() => parseBenchOptions(['--engines', 'wgsl,abacus'])).toThrow('There is no engine "abacus".');
    expect(() => parseBenchOptions(['--edits', 'swap'])).toThrow('There is no edit "swap".');
    expect(() => parseBenchOptions(['--sides', '256,x'])).toThrow('--sides must be a whole number above 0.');
    expect(() => parseBenchOptions(['--runs', '0'])).toThrow('--runs must be a whole number above 0.');
  });
});
