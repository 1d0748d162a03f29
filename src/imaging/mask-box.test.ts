import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featherMask, maskBounds, maskReach } from './mask';
import { boxAround, withinBox } from './mask-box';
import { maskToGrid } from './mask-grid';
import type { Mask } from './radiograph';

describe('a mask that is known to be 0 outside a box', () => {
  const cases = fc
    .record({
      width: fc.integer({ min: 8, max: 40 }),
      height: fc.integer({ min: 8, max: 40 }),
      ends: fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()),
      values: fc.array(fc.constantFrom(0, 0, 90, 128, 200, 255, 255), { minLength: 1600, maxLength: 1600 }),
    })
    .map(({ width, height, ends: [a, b, c, d], values }) => {
      const [x, y] = [a % width, b % height];
      const box = { x, y, width: 1 + (c % (width - x)), height: 1 + (d % (height - y)) };
      const data = new Uint8Array(width * height);
      for (let row = y; row < y + box.height; row++)
        for (let i = row * width + x; i < row * width + x + box.width; i++) data[i] = values[i] as number;
      const plain: Mask = { width, height, data };
      return { plain, known: withinBox({ ...plain }, box), box };
    });

  it('is all of a mask of which nothing is known', () => {
    expect(boxAround({ width: 3, height: 2, data: new Uint8Array(6) })).toEqual({ x: 0, y: 0, width: 3, height: 2 });
  });

  it('has the bounds, the shares and the rim that it has where that is not known', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 6, noNaN: true }), ({ plain, known, box }, radius) => {
        expect(boxAround(known)).toEqual(box);
        expect(maskBounds(known)).toEqual(maskBounds(plain));
        expect(maskReach(known)).toEqual(maskReach(plain));
        for (const size of [4, 7]) expect(maskToGrid(known, size)).toEqual(maskToGrid(plain, size));
        expect(featherMask(known, radius).data).toEqual(featherMask(plain, radius).data);
      }),
    );
  });

  it('has a rim that lies in the box that is known of it', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 6, noNaN: true }), ({ known }, radius) => {
        const soft = featherMask(known, radius);
        const { x, y, width, height } = boxAround(soft);
        soft.data.forEach((value, at) => {
          const [column, row] = [at % soft.width, Math.floor(at / soft.width)];
          if (value > 0) expect(column >= x && column < x + width && row >= y && row < y + height).toBe(true);
        });
      }),
    );
  });
});
