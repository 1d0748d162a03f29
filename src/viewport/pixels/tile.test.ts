// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutTile, tileFor } from './tile';

const image = { width: 4000, height: 3600 };
const visibles = fc
  .record({
    x: fc.integer({ min: 0, max: 3900 }),
    y: fc.integer({ min: 0, max: 3500 }),
    width: fc.integer({ min: 1, max: 1500 }),
    height: fc.integer({ min: 1, max: 1500 }),
  })
  .map((r) => ({ ...r, width: Math.min(r.width, 4000 - r.x), height: Math.min(r.height, 3600 - r.y) }));

describe('tile', () => {
  it('holds what is in view and lies inside the image', () => {
    fc.assert(
      fc.property(visibles, (visible) => {
        const tile = tileFor(image, visible, undefined);
        expect(tile.x >= 0 && tile.y >= 0 && tile.x + tile.width <= 4000 && tile.y + tile.height <= 3600).toBe(true);
        expect(tile.x <= visible.x && tile.x + tile.width >= visible.x + visible.width).toBe(true);
        expect(tile.y <= visible.y && tile.y + tile.height >= visible.y + visible.height).toBe(true);
      }),
    );
  });

  it('is kept through a small pan and given up after a large one or a zoom', () => {
    const visible = { x: 1000, y: 1000, width: 900, height: 600 };
    const first = tileFor(image, visible, undefined);
    expect(tileFor(image, { ...visible, x: 1100 }, first)).toBe(first);
    expect(tileFor(image, { ...visible, x: 2500 }, first)).not.toBe(first);
    expect(tileFor(image, { x: 1400, y: 1300, width: 60, height: 40 }, first)).not.toBe(first);
  });

  it('is the whole of an image that is small', () => {
    expect(tileFor({ width: 1500, height: 1400 }, { x: 3, y: 3, width: 5, height: 5 }, undefined)).toEqual({
      x: 0,
      y: 0,
      width: 1500,
      height: 1400,
    });
  });

  it('copies the rows it covers', () => {
    const pixels = Int16Array.from({ length: 20 }, (_, index) => index);
    expect([...cutTile(pixels, 5, { x: 1, y: 2, width: 3, height: 2 })]).toEqual([11, 12, 13, 16, 17, 18]);
    expect(cutTile(pixels, 5, { x: 0, y: 0, width: 5, height: 4 })).toBe(pixels);
  });
});
