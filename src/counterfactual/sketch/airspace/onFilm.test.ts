import { describe, expect, it } from 'vitest';
import { measureAsked } from '../measure/asked';
import { BOTH_LUNGS, drawn, trial, wholeChange, type Trial } from '../testing/measures';
import { consolidation } from './consolidation';
import { strengthOnFilm } from './onFilm';
import { tonesOf } from './tones';

const places = ['right_lower'] as const;

function readOn(on: Trial, amount: number): number {
  const { image, chest } = on;
  const sketch = drawn(consolidation, { places: [...places], amount }, on);
  const change = wholeChange(sketch, image.width, image.height);
  const after = { ...image, values: image.values.map((value, i) => value + (change[i] as number)) };
  const record = { finding: 'consolidation', places: [...places], amount, options: {} } as const;
  return measureAsked(record, { before: image, after, chest }, sketch.figures) ?? NaN;
}

describe('the strength of a filling on its own film', () => {
  const plain = trial();
  // Lungs twice as near to the heart as usual.
  const hazy: Trial = {
    ...plain,
    image: { ...plain.image, values: plain.image.values.map((value) => 0.35 + 0.5 * value) },
  };

  it('reads as asked, on a clear film and on one whose lungs are hazy', () => {
    for (const on of [plain, hazy])
      for (const amount of [0.27, 0.47]) expect(Math.abs(readOn(on, amount) - amount)).toBeLessThan(0.1 * amount);
  });

  it('stays near that of the median film where nothing that is drawn is read', () => {
    const { image, chest } = plain;
    const tones = tonesOf(image, chest);
    const nothing = { ...tones.film, data: new Float32Array(tones.film.data.length) };
    expect(strengthOnFilm(tones, chest, BOTH_LUNGS, 0.4, 0.5, () => nothing)).toBe(0.5);
    const faint = { ...nothing, data: nothing.data.map(() => 0.001) };
    expect(strengthOnFilm(tones, chest, BOTH_LUNGS, 0.4, 0.5, () => faint)).toBeLessThanOrEqual(0.8);
    expect(strengthOnFilm(tones, chest, [], 0.4, 0.5, () => faint)).toBe(0.5);
  });
});
