import { describe, expect, it } from 'vitest';
import { blurredValues } from '../field';
import { trial } from '../testing/measures';
import { sharpnessOf } from './sharpness';
import { lineContrast, tonesOf } from './tones';

const SIDE = 256;
const { chest, image } = trial(SIDE);

/** A film of broad structures with finer ones on them, blurred by some pixels. */
function film(sigma: number): typeof image {
  const values = image.values.map((value, at) => value + 0.02 * Math.sin(at * 12.9898) * Math.cos(at * 78.233));
  return { ...image, values: blurredValues(values, SIDE, SIDE, sigma) };
}

describe('how sharp a film is', () => {
  it('a blurred film has more blur and less detail than the same before', () => {
    const [sharp, soft] = [sharpnessOf(film(0), chest), sharpnessOf(film(1.5), chest)];
    expect(soft.blurPixels).toBeGreaterThan(sharp.blurPixels);
    expect(soft.detail).toBeLessThan(0.7 * sharp.detail);
  });

  it('lines are drawn no fainter than a third of what physics gives, and no stronger than it', () => {
    for (const sigma of [0, 1.5, 4]) {
      const contrast = lineContrast(tonesOf(film(sigma), chest), 0.1);
      expect(contrast).toBeGreaterThanOrEqual(0.03 - 1e-9);
      expect(contrast).toBeLessThanOrEqual(0.1);
    }
  });
});
