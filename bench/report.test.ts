import { describe, expect, it } from 'vitest';
import type { Measurement } from './page/protocol';
import { compare, median, summarise, table } from './report';

const round = (warmRunsMs: number[], heapBytes: number): Measurement => ({
  loadMs: 1,
  firstRunMs: 9,
  warmRunsMs,
  heapBytes,
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

  it('says by ratios above 1 where ours is better', () => {
    const ours = summarise([round([100], 2 ** 20)]);
    const theirs = summarise([round([50], 4 * 2 ** 20)]);
    const row = compare('decoder', { counterpart: ours, 'onnxruntime-web': theirs });
    expect(row.speedRatio).toBe(0.5);
    expect(row.memoryRatio).toBe(4);
    const [head = '', line = ''] = table([row]).split('\n');
    expect(line).toContain('0.50x');
    expect(line.indexOf('0.50x')).toBe(head.indexOf('speed'));
  });
});
