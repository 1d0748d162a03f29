import { describe, expect, it } from 'vitest';
import { testRadiograph } from '../../imaging/testing/radiographs';
import type { Radiograph } from '../../imaging/radiograph';
import { densityAt, densityOf, withDensityChange, withoutBurning } from './density';

const WINDOW = { windowCenter: 500, windowWidth: 1000 };

function film(fields: Partial<Radiograph> = {}): Radiograph {
  return testRadiograph({
    width: 4,
    height: 2,
    pixels: Uint16Array.from([0, 250, 500, 750, 1000, 1500, 100, 900]),
    bitsStored: 12,
    window: WINDOW,
    ...fields,
  });
}

describe('what is added', () => {
  const image = { ...densityOf(film()), values: Float32Array.from([0.2, 0.9, 0.95, 1.2, 0.2, 0.2, 0.2, 0.2]) };
  const box = { x: 0, y: 0, width: 4, height: 1 };

  it('is kept where little is added to what is dark, and never burns to white', () => {
    const little = Float32Array.from([0.05, 0.01, 0, 0]);
    withoutBurning(little, image, box);
    expect(little[0]).toBeGreaterThan(0.045);
    const much = new Float32Array(4).fill(2);
    withoutBurning(much, image, box);
    for (const [at, more] of much.entries())
      expect((image.values[at] as number) + more).toBeLessThanOrEqual(Math.max(0.961, image.values[at] as number));
  });

  it('stays where it takes away', () => {
    const less = new Float32Array(4).fill(-0.3);
    withoutBurning(less, image, box);
    expect([...less]).toEqual([...new Float32Array(4).fill(-0.3)]);
  });
});

describe('a radiograph as densities', () => {
  it('is 0 and 1 at the ends of the window and goes on beyond them', () => {
    const { values, range } = densityOf(film());
    [0, 0.25, 0.5, 0.75, 1, 1.5, 0.1, 0.9].forEach((density, i) => {
      expect(values[i]).toBeCloseTo(density, 2);
    });
    expect(range[1]).toBeCloseTo(4.095, 1);
  });

  it('is brighter where it is denser, also where brighter is stored as less', () => {
    const { values } = densityOf(film({ photometricInterpretation: 'MONOCHROME1' }));
    expect(values[0]).toBeGreaterThan(values[4] as number);
  });

  it('takes a change of density in stored units, in its box alone', () => {
    for (const photometricInterpretation of ['MONOCHROME1', 'MONOCHROME2'] as const) {
      const before = film({ photometricInterpretation });
      const { pixels, changed } = withDensityChange(before, Float32Array.from([0.1, 0]), {
        x: 1,
        y: 0,
        width: 2,
        height: 1,
      });
      expect(changed).toBe(1);
      const after = densityOf({ ...before, pixels }).values;
      expect((after[1] as number) - (densityOf(before).values[1] as number)).toBeCloseTo(0.1, 2);
      expect(pixels.filter((value, i) => value !== before.pixels[i])).toHaveLength(1);
    }
  });

  it('holds the change in what the bits can carry', () => {
    const { pixels } = withDensityChange(film(), new Float32Array(8).fill(100), { x: 0, y: 0, width: 4, height: 2 });
    expect(Math.max(...pixels)).toBe(4095);
  });

  it('keeps its mean when it is made smaller', () => {
    const image = densityOf(film());
    const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(densityAt(image, 2, 1).values)).toBeCloseTo(mean(image.values), 5);
  });
});
