// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pacer } from './pacer';

/** A GPU that needs a millisecond for `speed` multiply-adds; time is simulated. */
function simulated(speed: number) {
  let queued = 0;
  const durations: number[] = [];
  const pacer = new Pacer(async () => {
    durations.push(queued / speed);
    vi.advanceTimersByTime(queued / speed);
    queued = 0;
    await Promise.resolve();
  });
  const run = (costs: readonly number[], check: () => void = () => undefined) => {
    const chunks: [number, number][] = [];
    const submit = (from: number, to: number) => {
      chunks.push([from, to]);
      queued += costs.slice(from, to).reduce((a, b) => a + b, 0);
    };
    return pacer.submit(costs, submit, check).then(() => {
      // The caller reads the results, which waits for the last submission.
      queued = 0;
      return chunks;
    });
  };
  return { run, durations, pacer };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

const NETWORK = Array<number>(60).fill(2e7);

describe('the pacer', () => {
  it('submits every kernel once, in order', async () => {
    const chunks = await simulated(1e6).run(NETWORK);
    expect(chunks[0]?.[0]).toBe(0);
    expect(chunks.at(-1)?.[1]).toBe(NETWORK.length);
    for (const [i, [from]] of chunks.entries()) if (i > 0) expect(from).toBe(chunks[i - 1]?.[1]);
  });

  it('learns to submit a whole network at once on a fast GPU', async () => {
    const { run } = simulated(5e9);
    await run(NETWORK);
    expect(await run(NETWORK)).toEqual([[0, NETWORK.length]]);
  });

  it.each([2e5, 1e6, 5e7])(
    'holds the GPU for less than 100 ms at %d multiply-adds a millisecond, once it knows',
    async (speed) => {
      const { run, durations } = simulated(speed);
      await run(NETWORK);
      durations.length = 0;
      await run(NETWORK);
      const single = NETWORK[0]! / speed;
      for (const duration of durations) expect(duration).toBeLessThanOrEqual(Math.max(100, single));
    },
  );

  it('stops between submissions', async () => {
    const { run } = simulated(1e6);
    let left = 2;
    const check = () => {
      if (left-- === 0) throw new Error('stopped');
    };
    await expect(run(NETWORK, check)).rejects.toThrow('stopped');
  });

  it('submits a run without kernels, whose outputs are its inputs', async () => {
    expect(await simulated(1e6).run([])).toEqual([[0, 0]]);
  });
});
