import { describe, expect, it } from 'vitest';
import { formatDuration, timeLeft } from './timeLeft';

describe('time left', () => {
  it('goes on at the pace so far', () => {
    expect(timeLeft(3000, 0.25)).toBe(9000);
  });

  it('does not guess from nothing', () => {
    expect(timeLeft(3000, 0.01)).toBeUndefined();
    expect(timeLeft(100, 0.5)).toBeUndefined();
  });

  it('is written in seconds, then minutes', () => {
    expect([200, 3400, 60_000, 80_000].map(formatDuration)).toEqual(['1 s', '3 s', '1 min', '1 min 20 s']);
  });
});
