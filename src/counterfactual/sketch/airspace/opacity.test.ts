import { describe, expect, it } from 'vitest';
import { CHEST_GRID } from '../field';
import { SketchImpossibleError } from '../../errors';
import { lungOpacity, OPACITY_PATTERNS } from './opacity';
import { tonesOf } from './tones';
import { addedWhere, correlation, drawn, shapeOf, trial, wholeChange } from '../testing/measures';

const on = trial(96);
/** Density of the film's lungs. */
const LUNG = 0.2;
const everywhere = (): boolean => true;

describe('lung opacity', () => {
  it('adds more at every place as it grows more severe', () => {
    for (const [at, pattern] of OPACITY_PATTERNS.entries()) {
      const [less, more] = [0.6 + 0.2 * at, 0.8 + 0.2 * at].map((severity) =>
        wholeChange(drawn(lungOpacity, { severity, seed: at, options: { pattern } }, on), 96, 96),
      );
      expect(
        (less as Float32Array).every((value, pixel) => ((more as Float32Array)[pixel] as number) >= value - 1e-4),
      ).toBe(true);
    }
  });

  it('reaches the share that is asked, over the lungs', () => {
    for (const amount of [0.1, 0.3, 0.5]) {
      const sketch = drawn(lungOpacity, { amount }, on);
      expect(sketch.figures.amount).toBeCloseTo(amount, 2);
      const { tissue } = tonesOf(on.image, on.chest);
      const lungs =
        [on.chest.right, on.chest.left]
          .flatMap(({ share }) => Array.from(share.data))
          .reduce((sum, share) => sum + share, 0) *
        (96 / CHEST_GRID) ** 2;
      const mean = addedWhere(sketch, on, everywhere) / lungs / (tissue - LUNG);
      expect(mean).toBeGreaterThan(0.75 * amount);
      expect(mean).toBeLessThan(1.35 * amount);
    }
  });

  it('draws other shapes with other seeds, and the same shape at another resolution', () => {
    const sketch = drawn(lungOpacity, { amount: 0.2 }, on);
    expect(
      correlation(shapeOf(sketch, on), shapeOf(drawn(lungOpacity, { amount: 0.2, seed: 2 }, on), on)),
    ).toBeLessThan(0.9);
    const large = trial(288);
    expect(
      correlation(shapeOf(sketch, on), shapeOf(drawn(lungOpacity, { amount: 0.2 }, large), large)),
    ).toBeGreaterThan(0.99);
  });

  it('keeps to the side and the zones that are asked', () => {
    const sketch = drawn(lungOpacity, { places: ['right_lower'] }, on);
    const all = addedWhere(sketch, on, everywhere);
    expect(addedWhere(sketch, on, (u) => u > 0.5)).toBe(0);
    expect(addedWhere(sketch, on, (_u, v) => v > 0.5) / all).toBeGreaterThan(0.85);
  });

  it('changes nothing where its mask is 0, nor outside what is painted', () => {
    const data = Uint8Array.from({ length: 96 * 96 }, (_, at) => (at % 96 < 34 && at > 96 * 40 ? 255 : 0));
    const sketch = drawn(lungOpacity, { mask: { width: 96, height: 96, data } }, on);
    sketch.mask.forEach((value, at) => {
      if (value === 0) expect(sketch.change[at]).toBe(0);
    });
    expect(addedWhere(sketch, on, (u, v) => u > 34 / 96 || v < 40 / 96)).toBe(0);
    expect(addedWhere(sketch, on, everywhere)).toBeGreaterThan(0);
  });

  it('gathers round the point that is given', () => {
    const sketch = drawn(lungOpacity, { at: { x: 0.3, y: 0.4 }, severity: 1 }, on);
    expect(
      addedWhere(sketch, on, (u, v) => Math.hypot(u - 0.3, v - 0.4) < 0.15) / addedWhere(sketch, on, everywhere),
    ).toBeGreaterThan(0.85);
  });

  it('lies where its pattern lies', () => {
    const share = (pattern: string, where: (u: number, v: number) => boolean): number => {
      const sketch = drawn(lungOpacity, { options: { pattern } }, on);
      return addedWhere(sketch, on, where) / addedWhere(sketch, on, everywhere);
    };
    const isOuter = (u: number): boolean => u < 0.25 || u > 0.77;
    expect(share('peripheral', isOuter)).toBeGreaterThan(share('perihilar', isOuter) + 0.2);
    expect(share('basal', (_u, v) => v > 0.55)).toBeGreaterThan(share('patchy', (_u, v) => v > 0.55) + 0.2);
  });

  it('says so where the place lies outside the lungs', () => {
    expect(() => drawn(lungOpacity, { at: { x: 0.5, y: 0.97 } }, on)).toThrow(SketchImpossibleError);
    const data = new Uint8Array(64 * 64);
    data[0] = 255;
    expect(() => drawn(lungOpacity, { mask: { width: 64, height: 64, data } }, on)).toThrow(/does not/u);
  });
});
