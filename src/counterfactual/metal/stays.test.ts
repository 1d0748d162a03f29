import { describe, expect, it } from 'vitest';
import { GRID_SIZE } from '../../imaging/resample';
import { withMetal } from './stays';

const LENGTH = GRID_SIZE * GRID_SIZE;
const column = (at: number): number => at % GRID_SIZE;
const filled = (value: (at: number) => number): Float32Array =>
  Float32Array.from({ length: LENGTH }, (_, at) => value(at));
const wire = { share: filled((at) => (column(at) === 100 ? 1 : 0)), devices: undefined, sheer: () => 1 };
const before = filled((at) => (column(at) === 100 ? 0.5 : 0));
const row = 128 * GRID_SIZE;

describe('metal where opacity goes', () => {
  it('stands out as it did of what has become darker', () => {
    const after = filled((at) => (column(at) === 100 ? -0.3 : -0.4));
    const kept = withMetal(before, after, wire);
    expect((kept[row + 100] as number) - (kept[row + 90] as number)).toBeCloseTo(0.5, 2);
    expect(kept[row + 90]).toBe(after[row + 90]);
  });

  it('is left alone where nothing changes, and where there is none', () => {
    expect(withMetal(before, before, wire)).toEqual(before);
    expect(withMetal(before, wire.share, undefined)).toBe(wire.share);
  });

  it('stays as dense as it was where a device is as dense as the mediastinum, to its middle, and elsewhere lets the change through', () => {
    const inside = (at: number): boolean => Math.abs(column(at) - 100) <= 20 && Math.abs(at / GRID_SIZE - 128) <= 20;
    const share = filled((at) => (inside(at) ? 1 : 0));
    const can = filled((at) => (inside(at) ? (column(at) < 100 ? 0.6 : 0) : 0));
    const kept = withMetal(
      can,
      filled(() => -0.4),
      { share, devices: share, sheer: (value) => (value > 0.5 ? 0 : 1) },
    );
    expect(kept[row + 92]).toBeCloseTo(0.6, 3);
    expect(kept[row + 108]).toBeCloseTo(-0.4, 3);
  });
});
