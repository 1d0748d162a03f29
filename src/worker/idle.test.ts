import { describe, expect, it } from 'vitest';
import { IdleWork } from './idle';
import { handClock } from './testing/handClock';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function idle(more: boolean | Error = true) {
  const signals: AbortSignal[] = [];
  const { clock, pass } = handClock();
  const work = new IdleWork((signal) => {
    signals.push(signal);
    return more instanceof Error ? Promise.reject(more) : Promise.resolve(more);
  }, clock);
  return { work, signals, pass };
}

describe('idle work', () => {
  it('begins some seconds after the last job, and not if another comes before', async () => {
    const { work, signals, pass } = idle();
    work.begin();
    pass(4999);
    work.stop();
    pass(10_000);
    expect(signals).toHaveLength(0);
    work.begin();
    pass(5000);
    await turn();
    expect(signals).toHaveLength(1);
  });

  it('is told to end when a job comes', () => {
    const { work, signals, pass } = idle();
    work.begin();
    pass(5000);
    expect(signals[0]?.aborted).toBe(false);
    work.stop();
    expect(signals[0]?.aborted).toBe(true);
  });

  it('goes on while there is more to do, at most six times in all', async () => {
    const { work, signals, pass } = idle();
    work.begin();
    for (let i = 0; i < 10; i++) {
      pass(5000);
      await turn();
    }
    work.begin();
    pass(5000);
    expect(signals).toHaveLength(6);
  });

  it('begins again after the next job when there was nothing to do, as often as that is', async () => {
    const { work, signals, pass } = idle(false);
    for (let job = 0; job < 10; job++) {
      work.begin();
      pass(5000);
      await turn();
      pass(5000);
      await turn();
    }
    expect(signals).toHaveLength(10);
  });

  it('is given up after six failures', async () => {
    const { work, signals, pass } = idle(new Error('The device is gone.'));
    for (let job = 0; job < 10; job++) {
      work.begin();
      pass(5000);
      await turn();
    }
    expect(signals).toHaveLength(6);
  });
});
