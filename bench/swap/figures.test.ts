import { describe, expect, it } from 'vitest';
import { correlation, figuresOf, type Swap } from './figures';

const swap = (
  donor: readonly number[],
  after: readonly number[],
  change: readonly number[],
  pathology: readonly number[],
): Swap => ({
  before: [0, 0, 3],
  donor,
  after,
  change,
  pathology,
  lungs: 0.98,
  heart: 0.96,
});

describe('the figures of swaps', () => {
  it('count the zones that had to become opaque or clear, and did', () => {
    const { opaque, clear, swaps } = figuresOf(
      [swap([3, 0, 0], [2, 0, 2], [1, 0, 0], [1, 0, 0]), swap([3, 0, 0], [0, 0, 0], [0, 1, 0], [0, 1, 0])],
      1,
    );
    expect({ opaque, clear, swaps }).toEqual({ opaque: 0.5, clear: 0.5, swaps: 2 });
  });

  it('find the donor by what it changed', () => {
    const right = [swap([1, 0, 0], [1, 0, 0], [2, 0, 0], [1, 0, 0]), swap([0, 1, 0], [0, 1, 0], [0, 2, 0], [0, 1, 0])];
    expect(figuresOf(right, 1)).toMatchObject({ found: 1, zones: 1 });
    expect(
      figuresOf(
        right.map((each, at) => ({ ...each, change: right[1 - at]?.change ?? [] })),
        1,
      ).found,
    ).toBe(0);
  });

  it('correlate', () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1);
    expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1);
    expect(correlation([1, 1, 1], [3, 2, 1])).toBe(0);
  });
});
