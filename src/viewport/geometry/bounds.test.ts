// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, unionBounds } from './bounds';

const coordinate = fc.double({ min: -400, max: 700, noNaN: true });
const size = { width: 300, height: 200 };

describe('bounds of a stroke', () => {
  it('hold every pixel whose centre the brush reaches', () => {
    const points = fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(points, fc.double({ min: 1, max: 40, noNaN: true }), (stroke, radius) => {
        const box = boundsOf(stroke, radius, size);
        const escaped = stroke.some(({ x, y }) => {
          const px = Math.floor(x + radius * 0.6);
          const py = Math.floor(y - radius * 0.6);
          if (px < 0 || py < 0 || px >= size.width || py >= size.height) return false;
          return !box || px < box.x || py < box.y || px >= box.x + box.width || py >= box.y + box.height;
        });
        expect(escaped).toBe(false);
        if (box) expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= 300 && box.y + box.height <= 200).toBe(true);
      }),
    );
  });

  it('are nothing beside the image', () => {
    expect(boundsOf([{ x: -50, y: 10 }], 5, size)).toBeUndefined();
    expect(boundsOf([], 5, size)).toBeUndefined();
  });

  it('grow to hold a second rectangle', () => {
    const a = { x: 1, y: 2, width: 3, height: 4 };
    expect(unionBounds(undefined, a)).toBe(a);
    expect(unionBounds(a, { x: 10, y: 0, width: 1, height: 1 })).toEqual({ x: 1, y: 0, width: 10, height: 6 });
  });
});
