import { describe, expect, it } from 'vitest';
import type { DensityImage } from '../density';
import { smoothChest, smoothFilm } from '../testing/chests';
import { ribsBehindFluid } from './behindFluid';
import { layersOf } from './layers';

const SIZE = 512;
const chest = smoothChest(SIZE, SIZE);
const bare = smoothFilm(SIZE, SIZE, true);

/** The bare film with something added, by place as fractions of the image. */
function withAdded(added: (u: number, v: number) => number): DensityImage {
  const values = bare.values.map(
    (value, i) => value + added(((i % SIZE) + 0.5) / SIZE, (Math.floor(i / SIZE) + 0.5) / SIZE),
  );
  return { ...bare, values };
}

/** Standard deviation down the middle of the right lung. */
function spread(values: (cell: number) => number): number {
  const rows = Array.from({ length: 150 }, (_, row) => values((row + 150) * SIZE + Math.round(0.29 * SIZE)));
  const mean = rows.reduce((sum, value) => sum + value, 0) / rows.length;
  return Math.sqrt(rows.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows.length);
}

describe('what is seen behind fluid', () => {
  it('is the ribs, fainter, however strong they are on the film', () => {
    const seen = [0.05, 0.12].map((strength) => {
      const rib = (v: number): number => strength * Math.cos(v * 90);
      const ribs = ribsBehindFluid(
        layersOf(
          withAdded((_, v) => rib(v)),
          chest,
        ),
        chest,
        'right',
      );
      return spread((cell) => ribs.data[cell] as number) / (strength / Math.SQRT2);
    });
    for (const share of seen) {
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.5);
    }
  });
});
