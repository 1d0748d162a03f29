import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpolateStroke, strokeBounds } from './stroke';

const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });

describe('stroke interpolation', () => {
  it('leaves no gap wider than the spacing and ends at the pointer', () => {
    fc.assert(
      fc.property(point, point, fc.double({ min: 0.5, max: 80, noNaN: true }), (from, to, radius) => {
        const path = [from, ...interpolateStroke(from, to, radius)];
        const last = path.at(-1);
        expect(last?.x).toBeCloseTo(to.x, 9);
        expect(last?.y).toBeCloseTo(to.y, 9);
        for (let index = 1; index < path.length; index++) {
          const a = path[index - 1];
          const b = path[index];
          if (!a || !b) throw new Error('the path has holes');
          expect(Math.hypot(b.x - a.x, b.y - a.y)).toBeLessThanOrEqual(Math.max(1, radius / 4) + 1e-9);
        }
      }),
    );
  });

  it('begins with one disc', () => {
    expect(interpolateStroke(undefined, { x: 3, y: 4 }, 10)).toEqual([{ x: 3, y: 4 }]);
  });
});

describe('stroke bounds', () => {
  it('covers every pixel within the radius and stays inside the image', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1 }), fc.double({ min: 1, max: 40, noNaN: true }), (points, radius) => {
        const box = strokeBounds(points, radius, 300, 200);
        for (const { x, y } of points) {
          const pixel = { x: Math.floor(x + radius * 0.7), y: Math.floor(y - radius * 0.7) };
          if (pixel.x < 0 || pixel.y < 0 || pixel.x >= 300 || pixel.y >= 200) continue;
          if (!box) throw new Error('a painted pixel has no bounds');
          expect(pixel.x).toBeGreaterThanOrEqual(box.x);
          expect(pixel.x).toBeLessThan(box.x + box.width);
          expect(pixel.y).toBeGreaterThanOrEqual(box.y);
          expect(pixel.y).toBeLessThan(box.y + box.height);
        }
        if (box) expect(box.x + box.width).toBeLessThanOrEqual(300);
      }),
    );
  });

  it('is nothing for a stroke beside the image', () => {
    expect(strokeBounds([{ x: -50, y: 10 }], 5, 100, 100)).toBeUndefined();
    expect(strokeBounds([], 5, 100, 100)).toBeUndefined();
  });
});
