import { describe, expect, it } from 'vitest';
import { fieldAt } from './field';
import { smoothNoise, uniforms } from './noise';

/** Correlation of a field with itself moved to the right by a share of the image. */
function correlation(sigma: number, shift: number): number {
  const field = smoothNoise(5, 0, sigma);
  let [product, squares] = [0, 0];
  for (let v = 0.05; v < 1; v += 0.02) {
    for (let u = 0.05; u < 0.75; u += 0.02) {
      const here = fieldAt(field, u, v);
      product += here * fieldAt(field, u + shift, v);
      squares += here * here;
    }
  }
  return product / squares;
}

describe('smooth noise', () => {
  it('has no mean and unit variance, whatever its grain', () => {
    for (const sigma of [0.006, 0.02, 0.08]) {
      const { data } = smoothNoise(1, 2, sigma);
      const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
      expect(mean).toBeCloseTo(0, 4);
      expect(data.reduce((sum, value) => sum + value * value, 0) / data.length).toBeCloseTo(1, 2);
    }
  });

  it('stays alike over its own length and not over several', () => {
    expect(correlation(0.05, 0.02)).toBeGreaterThan(0.8);
    expect(Math.abs(correlation(0.02, 0.2))).toBeLessThan(0.3);
  });

  it('is the same for a seed and another for another seed or index', () => {
    const at = (seed: number, index: number): number => smoothNoise(seed, index, 0.05).data[999] as number;
    expect(at(3, 1)).toBe(at(3, 1));
    expect(at(3, 1)).not.toBe(at(4, 1));
    expect(at(3, 1)).not.toBe(at(3, 2));
  });
});

describe('uniform numbers of a seed', () => {
  it('lie in [0, 1), spread evenly, and repeat', () => {
    const many = uniforms(8, 0, 4000);
    expect(Math.min(...many)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...many)).toBeLessThan(1);
    expect(many.reduce((sum, value) => sum + value, 0) / 4000).toBeCloseTo(0.5, 1);
    expect(uniforms(8, 0, 3)).toEqual(many.slice(0, 3));
    expect(uniforms(9, 0, 3)).not.toEqual(many.slice(0, 3));
  });
});
