import { describe, expect, it } from 'vitest';
import { SketchImpossibleError } from '../errors';
import { hernia } from './hernia';
import type { Sketch, SketchRequest } from './sketch';
import { smoothChest, smoothFilm } from './testing/chests';

const SIDE = 256;
const [image, chest] = [smoothFilm(SIDE, SIDE), smoothChest(SIDE, SIDE)];

function draw(change: Partial<SketchRequest> = {}): Sketch {
  return hernia.draw(
    { image, chest },
    { finding: 'hernia', places: ['mediastinum'], severity: 2, seed: 1, options: {}, ...change },
  );
}

function widthMm({ box, change }: Sketch): number {
  let [left, right] = [box.width, 0];
  change.forEach((value, i) => {
    if (Math.abs(value) < 0.01) return;
    left = Math.min(left, i % box.width);
    right = Math.max(right, i % box.width);
  });
  return (right - left + 1) * ((chest.millimetresPerRow * 256) / SIDE);
}

describe('a drawn hiatal hernia', () => {
  it('is as wide as asked, and larger with severity', () => {
    expect(widthMm(draw({ amount: 80 })) / 80).toBeGreaterThan(0.8);
    expect(widthMm(draw({ amount: 80 })) / 80).toBeLessThan(1.2);
    const widths = [1, 2, 3].map((severity) => widthMm(draw({ severity })));
    expect([...widths].sort((a, b) => a - b)).toEqual(widths);
  });

  it('lies behind the heart, above the diaphragm, left of the midline', () => {
    for (const seed of [1, 2, 3]) {
      const { figures } = draw({ seed });
      expect(figures['centreX']).toBeGreaterThan(0.5);
      expect(figures['centreX']).toBeLessThan(0.62);
      expect((figures['centreY'] as number) * 256).toBeGreaterThan(chest.heart.centre.y);
    }
  });

  it('has gas above a level of fluid unless none is asked for', () => {
    const [sketch, solid] = [draw({ amount: 90 }), draw({ amount: 90, options: { gas: 'none' } })];
    const column = Math.round((sketch.figures['centreX'] as number) * SIDE) - sketch.box.x;
    const level =
      (sketch.figures['centreY'] as number) * SIDE +
      ((sketch.figures['levelBelowMiddleMm'] as number) / chest.millimetresPerRow / 256) * SIDE -
      sketch.box.y;
    const [above, below] = [-6, 6].map(
      (rows) => sketch.change[Math.round(level + rows) * sketch.box.width + column] as number,
    ) as [number, number];
    expect(below).toBeGreaterThan(above + 0.02);
    // Gas is darker than the heart before it was.
    expect(above).toBeLessThan(0);
    expect(solid.change[Math.round(level - 6) * solid.box.width + column]).toBeGreaterThan(above);
  });

  it('has other shapes by other seeds, and changes nothing outside its mask', () => {
    const [one, other] = [draw(), draw({ seed: 2 })];
    expect(other.change).not.toEqual(one.change);
    expect(one.change.every((value, i) => value === 0 || one.mask[i] !== 0)).toBe(true);
  });

  it('is refused where a hernia cannot lie', () => {
    expect(() => draw({ at: { x: 0.2, y: 0.3 } })).toThrow(SketchImpossibleError);
  });
});
