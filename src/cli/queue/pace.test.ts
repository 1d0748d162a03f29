import { describe, expect, it } from 'vitest';
import { Pace } from './pace';

const MINUTE = 60_000;

describe('the pace of a queue', () => {
  it('is not known before something is done, and then that of all processes', () => {
    const pace = new Pace();
    expect(pace.look(0, 10)).toEqual({ left: 10, perMinute: undefined, millisecondsLeft: undefined });
    expect(pace.look(MINUTE, 10).perMinute).toBeUndefined();
    expect(pace.look(2 * MINUTE, 6)).toEqual({ left: 6, perMinute: 2, millisecondsLeft: 3 * MINUTE });
    expect(pace.look(4 * MINUTE, 6).perMinute).toBe(1);
    expect(pace.look(5 * MINUTE, 0)).toEqual({ left: 0, perMinute: 2, millisecondsLeft: 0 });
  });

  it('forgets how fast it was before workers came or went', () => {
    const pace = new Pace();
    pace.look(0, 1000);
    for (let minute = 1; minute <= 5; minute++) pace.look(minute * MINUTE, 1000 - 100 * minute);
    for (let minute = 6; minute <= 16; minute++) pace.look(minute * MINUTE, 505 - minute);
    expect(pace.look(17 * MINUTE, 488).perMinute).toBeCloseTo(1);
  });

  it('begins anew where more is put into the queue', () => {
    const pace = new Pace();
    pace.look(0, 4);
    pace.look(MINUTE, 2);
    expect(pace.look(2 * MINUTE, 20).perMinute).toBeUndefined();
    expect(pace.look(3 * MINUTE, 19).perMinute).toBe(1);
  });

  it('of a queue in which nothing happens any more falls', () => {
    const pace = new Pace();
    pace.look(0, 4);
    pace.look(MINUTE, 3);
    expect(pace.look(30 * MINUTE, 3).perMinute ?? 0).toBeLessThan(0.1);
  });
});
