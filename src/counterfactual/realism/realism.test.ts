import { describe, expect, it } from 'vitest';
import { zonesToRegions } from '../../findings/regions';
import { GRID_SIZE as SIDE } from '../../imaging/resample';
import { placesMask } from '../latentMask';
import { THRESHOLDS } from '../receipt/thresholds';
import { smoothFilm, smoothProbabilities } from '../sketch/testing/chests';
import { distanceOf, type RealismTable } from './distance';
import { gaussian } from './patch';
import { REFERENCE } from './reference';
import { realismOf } from './realism';
import { FEATURES, textureOf } from './texture';

const film = Float32Array.from(smoothFilm(SIDE, SIDE).values, (value) => 2 * value - 1);
const regions = zonesToRegions(smoothProbabilities());
const maskOf = (places: Parameters<typeof placesMask>[1]): Float32Array =>
  Float32Array.from(placesMask('lung_opacity', places, regions, SIDE, SIDE).data, (value) => value / 255);
const mask = maskOf(['right_mid', 'right_lower']);
const within = (change: (x: number, y: number, i: number) => number): Float32Array =>
  film.map((value, i) => value + (mask[i] ?? 0) * change(i % SIDE, Math.floor(i / SIDE), i));
const fartherBy = (after: Float32Array): number => {
  const found = realismOf(film, after, mask, regions, REFERENCE);
  if (found === undefined) throw new Error('the part was not measured');
  return found.after - found.before;
};

describe('the texture of a part', () => {
  const [width, height] = [48, 40];
  const image = Float32Array.from(smoothFilm(width, height).values, (value) => 2 * value - 1);
  const everywhere = new Float32Array(width * height).fill(1);
  const valueOf = (data: Float32Array, name: string): number =>
    textureOf({ width, height, data }, everywhere).values[FEATURES.indexOf(name)] ?? NaN;

  it('is told in as many numbers as there are names', () => {
    expect(textureOf({ width, height, data: image }, everywhere).values).toHaveLength(FEATURES.length);
  });

  it('has less of the fine bands once it is blurred, and goes on longer', () => {
    const blurred = gaussian({ width, height, data: image }, 1.5);
    expect(valueOf(blurred, 'energy of band 0')).toBeLessThan(valueOf(image, 'energy of band 0') - 1);
    expect(valueOf(blurred, 'band 0 1 on')).toBeGreaterThan(valueOf(image, 'band 0 1 on'));
  });

  it('tells bright lines from dark ones', () => {
    const lined = (sign: number): Float32Array => everywhere.map((_, i) => (i % 16 === 8 ? sign * 0.5 : 0));
    expect(valueOf(lined(1), 'bright lines')).toBeGreaterThan(0.5);
    expect(valueOf(lined(-1), 'bright lines')).toBeCloseTo(-valueOf(lined(1), 'bright lines'), 5);
  });

  it('does not depend on the contrast but for the energies', () => {
    const flat = image.map((value) => value / 2);
    const [one, other] = [image, flat].map((data) => textureOf({ width, height, data }, everywhere).values);
    FEATURES.forEach((name, k) => {
      if (!name.startsWith('energy')) expect(other?.[k]).toBeCloseTo(one?.[k] ?? NaN, 1);
    });
  });
});

describe('how far a part lies from real lungs', () => {
  it('is the same before and after where nothing changed', () => {
    expect(fartherBy(film)).toBe(0);
  });

  it('hardly changes where a smooth shadow is laid over the lung', () => {
    expect(Math.abs(fartherBy(within((x, y) => 0.15 + 0.05 * Math.sin(x / 25) * Math.cos(y / 25))))).toBeLessThan(0.5);
  });

  it.each<[string, (x: number, y: number, i: number) => number]>([
    ['a checkerboard', (x, y) => 0.1 * ((Math.floor(x / 3) + Math.floor(y / 3)) % 2 === 0 ? 1 : -1)],
    ['blocks', (x, y) => 0.3 * (((Math.floor(x / 11) * 7 + Math.floor(y / 13) * 5) % 4) / 4)],
    ['blur', (_x, _y, i) => (soft[i] ?? 0) - (film[i] ?? 0)],
  ])('grows by %s', (_, change) => {
    expect(fartherBy(within(change))).toBeGreaterThan(THRESHOLDS.realism.farther);
  });

  it('is not told of what is brighter or darker than any part of the reference', () => {
    for (const change of [0.9, -0.9])
      expect(
        realismOf(
          film,
          within(() => change),
          mask,
          regions,
          REFERENCE,
        ),
      ).toBeUndefined();
  });

  it('is not told of what is too small, lies beside the lungs, or has none to lie in', () => {
    const spot = Float32Array.from({ length: SIDE * SIDE }, (_, i) =>
      i % SIDE < 90 && i % SIDE > 75 && Math.abs(i / SIDE - 120) < 8 ? 1 : 0,
    );
    expect(realismOf(film, film, spot, regions, REFERENCE)).toBeUndefined();
    expect(realismOf(film, film, maskOf(['mediastinum']), regions, REFERENCE)).toBeUndefined();
    expect(
      realismOf(
        film,
        film,
        mask,
        regions.map(() => 0),
        REFERENCE,
      ),
    ).toBeUndefined();
    expect(realismOf(film, film, new Float32Array(SIDE * SIDE), regions, REFERENCE)).toBeUndefined();
  });
});

const soft = gaussian({ width: SIDE, height: SIDE, data: film }, 2);

describe('the distance', () => {
  const table: RealismTable = {
    brightness: [-1, 1],
    rim: 0.5,
    coefficients: [
      [1, 0],
      [0, 2],
      [0, 0],
      [0, 0],
    ],
    spread: [2, 1],
    precision: [
      [1, 0],
      [0, 1],
    ],
  };
  const part = { values: [6], grey: 0.3 };
  const lungs = { values: [1], grey: 0.1 };

  it('is in standard deviations round what a part of that brightness is expected to have', () => {
    // The first feature: 5 where 1 is expected, of spread 2. The rim: as usual, where 2 x 0.2 is expected.
    expect(distanceOf({ part, lungs, area: 4000, rim: undefined }, table)).toBeCloseTo(
      Math.sqrt((2 ** 2 + 0.1 ** 2) / 2),
      6,
    );
    expect(distanceOf({ part, lungs, area: 4000, rim: 3.4 }, table)).toBeCloseTo(Math.sqrt((2 ** 2 + 3 ** 2) / 2), 6);
  });

  it('has a reference of every feature and the rim, with a symmetric precision', () => {
    const size = FEATURES.length + 1;
    expect(REFERENCE.spread).toHaveLength(size);
    expect(REFERENCE.coefficients.map((row) => row.length)).toEqual([size, size, size, size]);
    expect(REFERENCE.precision).toHaveLength(size);
    REFERENCE.precision.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBe(REFERENCE.precision[j]?.[i]);
      });
      expect(row[i]).toBeGreaterThan(0);
    });
  });
});
