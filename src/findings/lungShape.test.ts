import { describe, expect, it } from 'vitest';
import { LUNG_COLUMNS, LUNG_ROWS, LUNG_SHAPE_PATTERN, shapeAt, toDigits } from './lungShape';

describe('a shape in the lung’s own coordinates', () => {
  const ramp = Array.from(
    { length: LUNG_ROWS * LUNG_COLUMNS },
    (_, at) => Math.floor(at / LUNG_COLUMNS) / (LUNG_ROWS - 1),
  );

  it('is written as one digit a cell, and read back to half a level', () => {
    const digits = toDigits(ramp);
    expect(digits).toMatch(LUNG_SHAPE_PATTERN);
    expect(digits.startsWith('0')).toBe(true);
    expect(digits.endsWith('f')).toBe(true);
    for (const row of [0, 5, 15])
      expect(shapeAt(digits, (row + 0.5) / LUNG_ROWS, 0.5)).toBeCloseTo(row / (LUNG_ROWS - 1), 1);
  });

  it('is smooth between cells, and goes on to the edge of the lung', () => {
    const digits = toDigits(ramp);
    const middle = shapeAt(digits, 8 / LUNG_ROWS, 0.31);
    expect(middle).toBeGreaterThan(shapeAt(digits, 7.5 / LUNG_ROWS, 0.31));
    expect(middle).toBeLessThan(shapeAt(digits, 8.5 / LUNG_ROWS, 0.31));
    expect([shapeAt(digits, 0, 0), shapeAt(digits, 1, 1)]).toEqual([0, 1]);
  });

  it('holds what lies outside [0, 1]', () => {
    expect(toDigits([-1, 0.5, 2])).toBe('08f');
  });
});
