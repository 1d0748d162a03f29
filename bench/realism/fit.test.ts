import { describe, expect, it } from 'vitest';
import { distanceOf, type Measured } from '../../src/counterfactual/realism/distance';
import { gaussianNoise } from '../../src/counterfactual/random';
import { fitted, inverse } from './fit';

describe('the inverse of a matrix', () => {
  it('undoes it, also where a pivot is 0', () => {
    const matrix = [
      [0, 2, 1],
      [1, 0, 3],
      [4, 1, 0],
    ];
    const undo = inverse(matrix);
    matrix.forEach((row, i) => {
      matrix.forEach((_, j) => {
        const product = row.reduce((sum, value, k) => sum + value * (undo[k]?.[j] ?? 0), 0);
        expect(product).toBeCloseTo(i === j ? 1 : 0, 9);
      });
    });
  });

  it('is refused where there is none', () => {
    expect(() =>
      inverse([
        [1, 2],
        [2, 4],
      ]),
    ).toThrow(RangeError);
  });
});

describe('a reference', () => {
  const numbers = gaussianNoise(5, 0, 0, 4 * 400);
  const rows = Array.from({ length: 400 }, (_, row): Measured => {
    const [a = 0, b = 0, c = 0, d = 0] = numbers.slice(4 * row);
    return {
      part: { values: [3 * a + 2 * c, a + b], grey: 0.2 * c },
      lungs: { values: [0, 0], grey: 0 },
      area: 4000 * Math.exp(0.3 * d),
      rim: b - a,
    };
  });
  const table = fitted(rows);

  it('finds its own parts about one deviation away', () => {
    const squares = rows.map((row) => distanceOf(row, table) ** 2);
    const mean = squares.reduce((sum, value) => sum + value, 0) / squares.length;
    expect(mean).toBeGreaterThan(0.6);
    expect(mean).toBeLessThan(1.1);
  });

  it('expects of a brighter part what brighter parts have', () => {
    const bright = { ...rows[0], lungs: { values: [0, 0], grey: 0 }, area: 4000, rim: 0 };
    const usual = distanceOf({ ...bright, part: { values: [4, 0], grey: 0.4 } }, table);
    expect(distanceOf({ ...bright, part: { values: [4, 0], grey: -0.4 } }, table)).toBeGreaterThan(usual + 0.5);
  });
});
