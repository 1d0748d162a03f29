import { describe, expect, it } from 'vitest';
import type { Measurement } from './page/protocol';
import { compare, median, summarise, table } from './report';

const round = (warmRunsMs: number[], heapBytes: number): Measurement => ({
  device: 'a device',
  loadMs: 1,
  firstRunMs: 9,
  warmRunsMs,
  heapBytes,
  gpuBytes: 0,
  multiplyAdds: 1e9,
  maxError: 1e-4,
});

describe('the benchmark report', () => {
  it('takes the middle of an odd and of an even number of runs', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 9, 2])).toBe(3);
    expect(median([])).toBeNaN();
  });

  it('joins the rounds of one engine', () => {
    const summary = summarise([round([10, 20], 2 ** 20), round([30, 1000], 3 * 2 ** 20)]);
    expect(summary).toMatchObject({ medianMs: 25, fastestMs: 10, slowestMs: 1000, heapMiB: 3, gigaflops: 80 });
  });

  it('says by ratios above 1 where ours is faster, and puts them under their heading', () => {
    const row = compare('decoder', { wgsl: summarise([round([100], 0)]), 'tfjs-webgpu': summarise([round([250], 0)]) });
    expect(row.ratios).toEqual({ 'tfjs-webgpu': 2.5 });
    const [head = '', ours = '', theirs = ''] = table([row]).split('\n');
    expect(theirs.indexOf('2.50x')).toBe(head.indexOf('ours is faster by'));
    expect(ours).not.toContain('x  ');
  });

  it('lists what could not run with the reason, without a ratio', () => {
    const row = compare('decoder', { wgsl: { error: 'no adapter' }, 'tfjs-wasm': summarise([round([5], 0)]) });
    expect(row.ratios).toEqual({});
    expect(table([row])).toMatch(/decoder on wgsl: no adapter$/);
  });
});
