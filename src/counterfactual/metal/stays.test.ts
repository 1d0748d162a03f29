import { describe, expect, it } from 'vitest';
import { GRID_SIZE } from '../../imaging/resample';
import { withWires } from './stays';

const LENGTH = GRID_SIZE * GRID_SIZE;
const column = (at: number): number => at % GRID_SIZE;
const filled = (value: (at: number) => number): Float32Array =>
  Float32Array.from({ length: LENGTH }, (_, at) => value(at));
const wires = filled((at) => (column(at) === 100 ? 1 : 0));
const before = filled((at) => (column(at) === 100 ? 0.5 : 0));

describe('a wire where opacity goes', () => {
  it('stands out as it did of what has become darker', () => {
    const after = filled((at) => (column(at) === 100 ? -0.3 : -0.4));
    const kept = withWires(before, after, wires);
    const row = 128 * GRID_SIZE;
    expect((kept[row + 100] as number) - (kept[row + 90] as number)).toBeCloseTo(0.5, 2);
    expect(kept[row + 90]).toBe(after[row + 90]);
  });

  it('is left alone where nothing changes, and where there is none', () => {
    expect(withWires(before, before, wires)).toEqual(before);
    expect(withWires(before, wires, undefined)).toBe(wires);
  });
});
