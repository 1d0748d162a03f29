import { describe, expect, it } from 'vitest';
import { correlation, figuresOf, noneAmong, type Swap } from './figures';
import { tableOf } from './table';

const swap = (
  donor: readonly number[],
  after: readonly number[],
  change: readonly number[],
  pathology: readonly number[],
): Swap => ({
  before: [0, 0, 3],
  donor,
  after,
  asked: donor,
  recipientRead: [0, 0, 3],
  change,
  pathology,
  lungs: 0.98,
  heart: 0.96,
});

describe('the figures of swaps', () => {
  it('count the zones that had to become opaque or clear, and did', () => {
    const { figures, swaps } = figuresOf(
      [swap([3, 0, 0], [2, 0, 2], [1, 0, 0], [1, 0, 0]), swap([3, 0, 0], [0, 0, 0], [0, 1, 0], [0, 1, 0])],
      1,
    );
    expect({ ...figures, swaps }).toMatchObject({ opaque: 0.5, clear: 0.5, swaps: 2 });
  });

  it('tell as how many zones the second reader would call so if each were graded just as was asked', () => {
    const right = Array.from({ length: 10 }, () => swap([3, 0, 0], [3, 0, 0], [1, 0, 0], [1, 0, 0]));
    expect(figuresOf(right, 1).figures).toMatchObject({ opaqueAtMost: 1, clearAtMost: 1 });
    // Of zones that the first reader grades 2, the second calls half: the others had not to become opaque.
    const doubtful = right.map((each, at) => ({ ...each, donor: [at % 2 === 0 ? 3 : 0, 0, 0], asked: [2, 0, 0] }));
    const { opaque, opaqueAtMost } = figuresOf(doubtful, 1).figures;
    expect(opaque).toBe(1);
    expect(opaqueAtMost).toBeCloseTo(0.5);
  });

  it('find the donor by what it changed', () => {
    const right = [swap([1, 0, 0], [1, 0, 0], [2, 0, 0], [1, 0, 0]), swap([0, 1, 0], [0, 1, 0], [0, 2, 0], [0, 1, 0])];
    expect(figuresOf(right, 1).figures).toMatchObject({ found: 1, zones: 1 });
    expect(
      figuresOf(
        right.map((each, at) => ({ ...each, change: right[1 - at]?.change ?? [] })),
        1,
      ).figures.found,
    ).toBe(0);
  });

  it('find it among 64, however many there are', () => {
    expect([noneAmong(0, 95, 63), noneAmong(95, 95, 63), noneAmong(33, 95, 63)]).toEqual([1, 0, 0]);
    // One of 95 others is more like it: it is not among 63 of them in 32 of 95 cases.
    expect(noneAmong(1, 95, 63)).toBeCloseTo(32 / 95);
  });

  it('have intervals that hold them, and none where every pair says the same', () => {
    const mixed = Array.from({ length: 12 }, (_, at) =>
      swap([3, 0, 0], [at % 3 === 0 ? 2 : 0, 0, 0], [1, at, 0], [1, 0, at]),
    );
    const { figures, low, high } = figuresOf(mixed, 1);
    expect(figures.opaque).toBeCloseTo(1 / 3);
    expect(low.opaque).toBeLessThan(1 / 3);
    expect(high.opaque).toBeGreaterThan(1 / 3);
    expect([low.lungs, figures.lungs, high.lungs].map((value) => value.toFixed(6))).toEqual(Array(3).fill('0.980000'));
  });

  it('are told as a table, with what there was none of', () => {
    const same = [swap([0, 0, 3], [0, 0, 3], [1, 0, 0], [1, 0, 0])];
    const rows = tableOf([['words', figuresOf(same, 1)]]).split('\n');
    expect(rows[0]).toBe('|  | words, 1 swaps |');
    expect(rows).toContain('| zones that had to become opaque and did | none |');
    expect(rows).toContain("| Dice of the lungs with the recipient's | 0.980 [0.980, 0.980] |");
  });

  it('correlate', () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1);
    expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1);
    expect(correlation([1, 1, 1], [3, 2, 1])).toBe(0);
  });
});
