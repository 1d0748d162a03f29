import { describe, expect, it } from 'vitest';
import type { DensityImage } from '../density';
import { smoothChest, smoothFilm } from '../testing/chests';
import { behindFluid } from './behindFluid';
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
      const { ribs } = behindFluid(
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

  it('is a lead, and neither a vessel seen end on nor anything where there is none', () => {
    const column = 0.25;
    const lead = withAdded((u, v) => (Math.abs(u - column) < 0.004 && v > 0.25 && v < 0.65 ? 0.6 : 0));
    const { metal } = behindFluid(layersOf(lead, chest), chest, 'right');
    expect(metal?.data[Math.round(0.45 * SIZE) * SIZE + Math.round(column * SIZE)]).toBeGreaterThan(0.3);
    const dot = withAdded((u, v) => (Math.hypot(u - column, v - 0.4) < 0.004 ? 0.6 : 0));
    const seen = behindFluid(layersOf(dot, chest), chest, 'right').metal;
    expect((seen?.data ?? new Float32Array()).reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(0.05);
    expect(behindFluid(layersOf(bare, chest), chest, 'right').metal).toBeUndefined();
  });

  it('is no vessel across a rib on a film with much grain', () => {
    let cell = 0;
    const random = (): number => (Math.imul(++cell ^ (cell >>> 15), 0x2c1b3c6d) >>> 0) / 2 ** 32;
    const vessel = withAdded((u, v) => (Math.hypot(u - 0.25, v - 0.4) < 0.008 ? 0.25 : 0) + 0.3 * (random() - 0.5));
    const seen = behindFluid(layersOf(vessel, chest), chest, 'right').metal;
    const near = Math.round(0.4 * SIZE) * SIZE + Math.round(0.25 * SIZE);
    expect(seen?.data[near] ?? 0).toBeLessThan(0.05);
  });
});
