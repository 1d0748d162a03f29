import { describe, expect, it } from 'vitest';
import { grantedSeconds } from './run-steps.mjs';

describe('the time of a step', () => {
  it('is an hour on a machine of one’s own, however long the steps before took', () => {
    expect([0, 5000].map((elapsed) => grantedSeconds(elapsed, false))).toEqual([3600, 3600]);
  });

  it('is what is left of a run that is ended from outside after 45 minutes', () => {
    for (const elapsed of [0, 600, 2000]) expect(elapsed + grantedSeconds(elapsed, true)).toBeLessThan(45 * 60);
    expect(grantedSeconds(10_000, true)).toBe(120);
  });
});
