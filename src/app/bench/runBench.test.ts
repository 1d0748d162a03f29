import { describe, expect, it } from 'vitest';
import type { NetworkMeasurement } from '../../worker/bench/measurements';
import { jobsOf, PLANS, runBench, type Measure, type OwnJob, type Progress } from './runBench';

const measured = (milliseconds: number): NetworkMeasurement => ({
  device: 'a device',
  loadMs: 1,
  firstRunMs: 2,
  warmRunsMs: [milliseconds],
  multiplyAdds: 1e9,
  maxError: 0,
});

/** Answers by engine; a number is the time of each run. */
function answering(times: Readonly<Record<string, number | undefined>>): { measure: Measure; asked: OwnJob[] } {
  const asked: OwnJob[] = [];
  const measure = ((job: OwnJob) => {
    asked.push(job);
    if (job.kind === 'peak') return Promise.resolve({ error: 'no adapter' });
    const time = times[job.engine];
    return Promise.resolve(time === undefined ? { error: 'not here' } : { measurement: measured(time) });
  }) as Measure;
  return { measure, asked };
}

describe('the benchmark of a visitor', () => {
  it('measures the adapter first, then engines in turns of opposite order', () => {
    const jobs = jobsOf({ networks: ['decoder'], edits: [], warmRuns: 1, rounds: 2 });
    const engines = jobs.map((job) => (job.kind === 'peak' ? 'peak' : job.engine));
    expect(engines).toEqual(['peak', 'wgsl', 'simd-wasm', 'tfjs-webgpu', 'tfjs-webgpu', 'simd-wasm', 'wgsl']);
  });

  it('tells ratios, and asks no engine twice for what it cannot do', async () => {
    const { measure, asked } = answering({ wgsl: 10, 'simd-wasm': 30 });
    const findings = await runBench({ ...PLANS.quick, rounds: 2 }, measure, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(findings.peak).toEqual({ error: 'no adapter' });
    expect(findings.networks[0]).toMatchObject({
      name: 'anatomist',
      ratios: { 'simd-wasm': 3 },
      engines: { 'tfjs-webgpu': { error: 'not here' } },
    });
    expect(asked.filter((job) => job.kind !== 'peak' && job.engine === 'tfjs-webgpu')).toHaveLength(1);
  });

  it('tells what it knows before each measurement and at the end', async () => {
    const seen: Progress[] = [];
    await runBench(PLANS.quick, answering({ wgsl: 1 }).measure, {
      signal: new AbortController().signal,
      onProgress: (each) => seen.push(each),
    });
    expect(seen.map(({ done, total }) => `${String(done)}/${String(total)}`)).toEqual([
      '0/4',
      '1/4',
      '2/4',
      '3/4',
      '4/4',
    ]);
    expect(seen.at(-1)?.job).toBeUndefined();
    expect(seen[2]?.findings.networks).toHaveLength(1);
  });
});
