import { describe, expect, it } from 'vitest';
import { GRID_SIZE } from '../../imaging/resample';
import { grown, withMetal } from './stays';

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

  it('takes in what lies around a device, of which half may not be found: it changes as what lies beyond', () => {
    const half = filled((at) => (Math.abs(column(at) - 90) <= 8 && Math.abs(at / GRID_SIZE - 128) <= 12 ? 1 : 0));
    const around = grown(half, 16);
    expect(around[row + 90]).toBeCloseTo(1, 3);
    expect(around[row + 108]).toBeGreaterThan(0.9);
    expect(around[row + 130]).toBeLessThan(0.01);
    // The denoiser takes the half that was not found for opacity.
    const can = filled((at) => (column(at) >= 82 && column(at) <= 110 ? 0.2 : -0.2));
    const after = filled(() => -0.25);
    const told = { devices: half, sheer: () => 1 };
    const lost = withMetal(can, after, { share: half, ...told });
    const kept = withMetal(can, after, { share: half.map((own, at) => Math.max(own, around[at] as number)), ...told });
    expect(lost[row + 106]).toBeCloseTo(-0.25, 2);
    expect(kept[row + 106]).toBeGreaterThan(0);
  });
});
