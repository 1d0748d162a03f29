import { describe, expect, it } from 'vitest';
import { frameShare, tasksByPhase, type TraceEvent } from './trace';

const at = (name: string, ts: number, more: Partial<TraceEvent> = {}): TraceEvent => ({
  name,
  ph: 'X',
  pid: 1,
  tid: 2,
  ts: ts * 1000,
  ...more,
});

describe('tasks of a trace', () => {
  it('are counted in the phase they ran in, on the page’s main thread only', () => {
    const events = [
      at('phase:open:begin', 10),
      at('RunTask', 0, { dur: 5_000 }),
      at('RunTask', 8, { dur: 70_000, tdur: 20_000 }),
      at('RunTask', 90, { dur: 90_000, tdur: 60_000 }),
      at('RunTask', 95, { dur: 900_000, tid: 3 }),
      at('RunTask', 201, { dur: 400_000 }),
      at('phase:open:end', 200),
    ];
    expect(tasksByPhase(events)).toEqual({
      open: { longestCpu: 60, longestClock: 90, longCpu: 1, longClock: 2, tasks: 2, totalCpu: 80 },
    });
  });

  it('are none where nothing was marked', () => {
    expect(tasksByPhase([at('RunTask', 0, { dur: 1 })])).toEqual({});
  });
});

describe('frames', () => {
  it('are late when they miss a refresh', () => {
    expect(frameShare([0, 16.7, 33.4, 66.8, 83.5])).toMatchObject({ frames: 4, late: 0.25 });
    expect(frameShare([0, 16.7, 33.4, 66.8, 83.5]).p95).toBeCloseTo(33.4);
    expect(frameShare([])).toEqual({ frames: 0, late: 0, p95: 0 });
  });
});
