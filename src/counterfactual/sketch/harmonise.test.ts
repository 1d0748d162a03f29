import { describe, expect, it } from 'vitest';
import { textureKept } from './harmonise';

describe('the texture of what is harmonised', () => {
  it('is kept up to moderate, in part where lung is full, and goes evenly between', () => {
    expect([0, 1, 2].map(textureKept)).toEqual([1, 1, 1]);
    expect(textureKept(3)).toBeCloseTo(0.4, 10);
    const between = [2.2, 2.4, 2.6, 2.8].map(textureKept);
    expect([...between].sort((a, b) => b - a)).toEqual(between);
    expect(between.every((share) => share > 0.4 && share < 1)).toBe(true);
  });
});
