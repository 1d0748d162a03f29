import { describe, expect, it } from 'vitest';
import type { DensityImage } from './density';
import { grainOf, withFilmGrain } from './filmGrain';
import type { Sketch } from './sketch';
import { gaussianNoise } from '../random';
import { smoothChest, smoothFilm } from './testing/chests';

const SIDE = 512;
const GRAIN = 0.02;
const chest = smoothChest(SIDE, SIDE);
/** That film has a little grain of its own. */
const [own, small] = [smoothFilm(SIDE, SIDE, true), smoothFilm(256, 256, true)];
const smooth: DensityImage = {
  ...own,
  values: own.values.map((_, at) => {
    const [x, y] = [(at % SIDE) >> 1, Math.floor(at / SIDE) >> 1];
    return (small.values[y * 256 + x] as number) > 0.5 ? 0.65 : 0.2;
  }),
};
const noise = gaussianNoise(5, 0, 0, SIDE * SIDE, 3).map((value) => GRAIN * value);
const grainy: DensityImage = {
  ...smooth,
  values: smooth.values.map((value, at) => value + (noise[at] as number)),
};
const BOX = { x: 120, y: 180, width: 80, height: 100 } as const;

/** A sketch of the box with a change for each of its pixels, given what the film has there. */
function sketchOf(change: (film: number, row: number) => number, image: DensityImage): Sketch {
  const own = new Float32Array(BOX.width * BOX.height);
  const mask = new Uint8Array(own.length);
  for (let row = 0, at = 0; row < BOX.height; row++) {
    for (let column = 0; column < BOX.width; column++, at++) {
      if (row >= BOX.height - 20) continue;
      own[at] = change(image.values[(BOX.y + row) * SIDE + BOX.x + column] as number, row);
      mask[at] = 255;
    }
  }
  return { box: BOX, change: own, mask, figures: { amount: 1 } };
}

/** Spread of the film with the sketch in it, in the middle of what is drawn. */
function spread({ change }: Sketch, image: DensityImage): number {
  const values: number[] = [];
  for (let row = 20; row < 60; row++) {
    for (let column = 20; column < 60; column++)
      values.push(
        (image.values[(BOX.y + row) * SIDE + BOX.x + column] as number) + (change[row * BOX.width + column] as number),
      );
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('the grain of a film', () => {
  it('is measured over the heart', () => {
    // Of independent pixels a twenty-fifth is taken with their surroundings.
    expect(grainOf(grainy, chest)).toBeGreaterThan(0.8 * GRAIN);
    expect(grainOf(grainy, chest)).toBeLessThan(1.4 * GRAIN);
    expect(grainOf(smooth, chest)).toBeLessThan(GRAIN / 20);
  });

  it('is given back where a drawing left none', () => {
    const poured = sketchOf((film) => 0.9 - film, grainy);
    expect(spread(poured, grainy)).toBeLessThan(1e-6);
    const given = withFilmGrain(grainy, chest, poured);
    expect(spread(given, grainy)).toBeGreaterThan(0.7 * GRAIN);
    expect(spread(given, grainy)).toBeLessThan(1.4 * GRAIN);
  });

  it('is not doubled where it was left', () => {
    const given = withFilmGrain(
      grainy,
      chest,
      sketchOf(() => 0.3, grainy),
    );
    expect(spread(given, grainy)).toBeLessThan(
      1.15 *
        spread(
          sketchOf(() => 0.3, grainy),
          grainy,
        ),
    );
  });

  it.each([0.2, 0.4, 0.6, 0.8])('comes to as much as there was where a share of %s was left', (left) => {
    const broad = 0.2;
    const part = sketchOf((film) => 0.5 - (1 - left) * (film - broad), grainy);
    const given = spread(withFilmGrain(grainy, chest, part), grainy);
    expect(given).toBeGreaterThan(Math.max(left, 0.75) * GRAIN);
    expect(given).toBeLessThan(1.15 * GRAIN);
  });

  it('is no more in a quiet place than it was', () => {
    const quiet: DensityImage = {
      ...grainy,
      values: grainy.values.map((value, at) => {
        const plain = smooth.values[at] as number;
        return plain < 0.3 ? plain + 0.4 * (value - plain) : value;
      }),
    };
    const more = sketchOf(() => 0.1, quiet);
    expect(spread(withFilmGrain(quiet, chest, more), quiet)).toBeLessThan(1.1 * spread(more, quiet));
  });

  it('changes nothing outside what is drawn, nothing that becomes darker, and no film without grain', () => {
    const poured = sketchOf((film) => 0.9 - film, grainy);
    const given = withFilmGrain(grainy, chest, poured);
    expect(given.change.slice((BOX.height - 20) * BOX.width).every((value) => value === 0)).toBe(true);
    const darker = sketchOf((film) => -0.5 - film, grainy);
    expect(withFilmGrain(grainy, chest, darker).change).toEqual(darker.change);
    const plain = sketchOf((film) => 0.9 - film, smooth);
    expect(withFilmGrain(smooth, chest, plain)).toBe(plain);
  });
});
