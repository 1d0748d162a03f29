import { describe, expect, it } from 'vitest';
import { atOnce, inSlices, nextTask, type Sliced } from './slices';

function* counted(to: number): Sliced<number> {
  let sum = 0;
  for (let i = 1; i <= to; i++) {
    sum += i;
    yield;
  }
  return sum;
}

function* busy(milliseconds: number): Sliced<undefined> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) yield;
  return undefined;
}

describe('sliced work', () => {
  it('gives the same in slices as at once', async () => {
    expect(await inSlices(counted(1000))).toBe(atOnce(counted(1000)));
  });

  it('lets other tasks in between its slices', async () => {
    let others = 0;
    const work = inSlices(busy(400));
    const state = { running: true };
    void work.then(() => {
      state.running = false;
    });
    while (state.running) {
      await nextTask();
      others++;
    }
    expect(others).toBeGreaterThan(2);
  });

  it('fails where the work fails', async () => {
    function* failing(): Sliced<never> {
      yield;
      throw new RangeError('no such row');
    }
    await expect(inSlices(failing())).rejects.toThrow('no such row');
  });
});
