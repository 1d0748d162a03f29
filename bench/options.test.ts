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

  it('names what there is not', () => {
    expect(() => parseBenchOptions(['--engines', 'wgsl,abacus'])).toThrow('There is no engine "abacus".');
    expect(() => parseBenchOptions(['--edits', 'swap'])).toThrow('There is no edit "swap".');
    expect(() => parseBenchOptions(['--runs', '0'])).toThrow('--runs must be a whole number above 0.');
  });
});
