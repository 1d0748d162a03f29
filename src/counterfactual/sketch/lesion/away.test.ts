import { describe, expect, it } from 'vitest';
import { emptyMask, paintDisc } from '../../../imaging/mask';
import { SketchImpossibleError } from '../../errors';
import type { DensityImage } from '../density';
import type { Sketch } from '../sketch';
import { smoothChest, smoothFilm } from '../testing/chests';
import { drawAway } from './away';

const SIDE = 256;
const chest = smoothChest(SIDE, SIDE);
const [X, Y, RADIUS] = [72, 110, 9];

/** The film of the tests with a round, dense place. */
function withLesion(): DensityImage {
  const film = smoothFilm(SIDE, SIDE);
  return {
    ...film,
    values: film.values.map((value, i) => {
      const far = Math.hypot((i % SIDE) - X, Math.floor(i / SIDE) - Y) / RADIUS;
      return value + 0.2 * Math.sqrt(Math.max(0, 1 - far * far));
    }),
  };
}

const image = withLesion();
const mask = paintDisc(emptyMask(SIDE, SIDE), X + 0.5, Y + 0.5, RADIUS * 1.3, 255);

/** Pixels of the whole film that the sketch changes, with how much. */
function changes({ box, change }: Sketch): Map<number, number> {
  const found = new Map<number, number>();
  change.forEach((value, i) => {
    if (value !== 0) found.set((box.y + Math.floor(i / box.width)) * SIDE + box.x + (i % box.width), value);
  });
  return found;
}

describe('a lesion drawn away', () => {
  const sketch = drawAway({ image, chest }, mask, 1);

  it('no longer stands out from what surrounds it', () => {
    const { contrastBefore = 0, contrastAfter = 1 } = sketch.figures;
    expect(contrastBefore).toBeGreaterThan(0.1);
    expect(Math.abs(contrastAfter)).toBeLessThan(0.25 * contrastBefore);
  });

  it('changes what is painted and nothing else, and fades in from its edge', () => {
    const changed = [...changes(sketch)];
    expect(changed.every(([pixel]) => mask.data[pixel] === 255)).toBe(true);
    const rim = changed.filter(
      ([pixel]) => Math.hypot((pixel % SIDE) - X, Math.floor(pixel / SIDE) - Y) > RADIUS * 1.2,
    );
    expect(Math.max(...rim.map(([, value]) => Math.abs(value)))).toBeLessThan(0.05);
  });

  it('leaves grain where the lesion was, as the film has it', () => {
    const bare = smoothFilm(SIDE, SIDE).values;
    const after = new Map([...changes(sketch)].map(([pixel, value]) => [pixel, (image.values[pixel] ?? 0) + value]));
    const grain = (at: (pixel: number) => number): number => {
      let [sum, count] = [0, 0];
      for (let y = Y - 5; y <= Y + 5; y++)
        for (let x = X - 5; x < X + 5; x++, count++) sum += (at(y * SIDE + x) - at(y * SIDE + x + 1)) ** 2;
      return Math.sqrt(sum / count);
    };
    const ratio = grain((pixel) => after.get(pixel) ?? image.values[pixel] ?? 0) / grain((pixel) => bare[pixel] ?? 0);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  it('is the same for a seed, and other lung for another', () => {
    expect(changes(drawAway({ image, chest }, mask, 1))).toEqual(changes(sketch));
    const others = [2, 3, 4].map((seed) => changes(drawAway({ image, chest }, mask, seed)));
    expect(others.some((other) => [...other].some(([pixel, value]) => changes(sketch).get(pixel) !== value))).toBe(
      true,
    );
  });

  it('refuses by name what no lung is large enough for', () => {
    const all = { ...emptyMask(SIDE, SIDE), data: new Uint8Array(SIDE * SIDE).fill(255) };
    expect(() => drawAway({ image, chest }, all, 1)).toThrow(SketchImpossibleError);
  });
});
