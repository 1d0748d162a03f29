import { describe, expect, it } from 'vitest';
import type { EditResult, Measurement } from './page/protocol';
import { editRow, editTable, networkRow, networkTable, split } from './report';

const round = (warmRunsMs: number[], more: Partial<Measurement> = {}): Measurement => ({
  device: 'a device',
  loadMs: 1,
  firstRunMs: 9,
  warmRunsMs,
  heapBytes: 0,
  multiplyAdds: 1e9,
  maxError: 1e-4,
  ...more,
});
const edited = (warmMs: number[], grey: number): EditResult => ({
  device: 'a device',
  edit: 'erase',
  steps: 12,
  loadMs: 300,
  firstMs: 90,
  warmMs,
  share: { denoiser: { milliseconds: 40, runs: 24 }, decoder: { milliseconds: 5, runs: 2 } },
  heapBytes: 2 ** 20,
  picture: [0, grey],
});

describe('the benchmark report', () => {
  it('says by ratios above 1 where ours is faster, and puts them under their heading', () => {
    const row = networkRow('decoder', { wgsl: [round([100])], 'tfjs-webgpu': [round([250])] });
    expect(row.ratios).toEqual({ 'tfjs-webgpu': 2.5 });
    const [head = '', ours = '', theirs = ''] = networkTable([row]).split('\n');
    expect(theirs.indexOf('2.50x')).toBe(head.indexOf('ours is faster by'));
    expect(ours).not.toContain('x  ');
  });

  it('tells the share of the peak, memory and CPU time of what runs on WebGPU, and of nothing else', () => {
    const onGpu = { gpuBytes: 3 * 2 ** 20, cpuMs: [0.5, 0.7] };
    const row = networkRow('decoder', { wgsl: [round([100], onGpu)], 'tfjs-wasm': [round([100])] }, 40);
    expect(row.engines.wgsl).toMatchObject({ shareOfPeak: 0.5, gpuMiB: 3, cpuMs: 0.6 });
    const [, ours = '', cpu = ''] = networkTable([row]).split('\n');
    expect(ours).toContain('50 %');
    expect(cpu).not.toContain('%');
  });

  it('lists what could not run with the reason, without a ratio', () => {
    const row = networkRow('decoder', { wgsl: { error: 'no adapter' }, 'tfjs-wasm': [round([5])] });
    expect(row.ratios).toEqual({});
    expect(networkTable([row])).toMatch(/decoder on wgsl: no adapter$/);
  });

  it('compares the pictures of an edit with ours', () => {
    const row = editRow('erase', { wgsl: [edited([50], 0.5)], 'tfjs-wasm': [edited([100], 0.4)] });
    expect(row.ratios).toEqual({ 'tfjs-wasm': 2 });
    expect(row.engines['tfjs-wasm']).toMatchObject({ apart: expect.closeTo(12.75, 5) as number });
    expect(editTable([row])).toContain('denoiser 40 ms in 24, decoder 5.0 ms in 2, rest 5.0 ms');
  });

  it('never tells a negative rest', () => {
    expect(split({ decoder: { milliseconds: 9, runs: 1 } }, 5)).toBe('decoder 9.0 ms in 1, rest 0.0 ms');
  });
});
