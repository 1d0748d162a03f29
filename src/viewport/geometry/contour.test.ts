// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contours, signedArea, type SampledMap } from './contour';

function mapOf(width: number, height: number, inside: (x: number, y: number) => number): SampledMap {
  const data = Float32Array.from({ length: width * height }, (_, index) =>
    inside((index % width) + 0.5, Math.floor(index / width) + 0.5),
  );
  return { width, height, data };
}

/** Even-odd rule over all loops, as the canvas fills them. */
function isFilled(loops: readonly Float32Array[], x: number, y: number): boolean {
  let filled = false;
  for (const loop of loops) {
    for (let i = 0, j = loop.length - 2; i < loop.length; j = i, i += 2) {
      const [xi, yi, xj, yj] = [loop[i] ?? 0, loop[i + 1] ?? 0, loop[j] ?? 0, loop[j + 1] ?? 0];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) filled = !filled;
    }
  }
  return filled;
}

describe('contours', () => {
  it('encloses exactly the samples at or above the level', () => {
    const maps = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .chain(([width, height]) =>
        fc.tuple(
          fc.constant(width),
          fc.constant(height),
          fc.array(fc.constantFrom(0, 255), { minLength: width * height, maxLength: width * height }),
        ),
      );
    fc.assert(
      fc.property(maps, ([width, height, values]) => {
        const loops = contours({ width, height, data: Uint8Array.from(values) }, 127.5);
        values.forEach((value, index) => {
          const x = (index % width) + 0.5;
          const y = Math.floor(index / width) + 0.5;
          expect(isFilled(loops, x + 1e-4, y + 2e-4)).toBe(value === 255);
        });
      }),
    );
  });

  it('follows a disc to a small part of a sample', () => {
    const disc = mapOf(40, 40, (x, y) => Math.min(1, Math.max(0, 12.5 - Math.hypot(x - 20, y - 20))));
    const loops = contours(disc, 0.5);
    expect(loops).toHaveLength(1);
    for (const loop of loops) {
      for (let i = 0; i < loop.length; i += 2) {
        expect(Math.abs(Math.hypot((loop[i] ?? 0) - 20, (loop[i + 1] ?? 0) - 20) - 12)).toBeLessThan(0.1);
      }
    }
  });

  it('gives a ring two loops whose signed areas subtract', () => {
    const ring = mapOf(60, 60, (x, y) => {
      const r = Math.hypot(x - 30, y - 30);
      return r < 20 && r > 10 ? 1 : 0;
    });
    const loops = contours(ring, 0.5);
    expect(loops).toHaveLength(2);
    const area = loops.reduce((sum, loop) => sum + signedArea(loop), 0);
    expect(area).toBeGreaterThan(Math.PI * 300 * 0.97);
    expect(area).toBeLessThan(Math.PI * 300 * 1.03);
  });

  it('closes along the border when the whole map is inside', () => {
    const loops = contours({ width: 3, height: 2, data: new Uint8Array(6).fill(255) }, 127.5);
    expect(loops).toHaveLength(1);
    const loop = loops[0] ?? new Float32Array();
    const xs = loop.filter((_, index) => index % 2 === 0);
    expect(Math.min(...xs)).toBeCloseTo(0, 5);
    expect(Math.max(...xs)).toBeCloseTo(3, 5);
  });

  it('is empty for an empty map', () => {
    expect(contours({ width: 8, height: 8, data: new Uint8Array(64) }, 127.5)).toEqual([]);
  });
});
