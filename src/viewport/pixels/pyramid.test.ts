// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPyramid, levelFor } from './pyramid';

describe('pyramid', () => {
  it('halves, keeps the pixel type and averages', () => {
    const pixels = new Int16Array(130 * 128).fill(-100);
    pixels.set([0, 40], 0);
    pixels.set([-20, 60], 130);
    const pyramid = createPyramid(130, 128, pixels);
    const half = pyramid.level(1);
    expect(pyramid.level(0).pixels).toBe(pixels);
    expect([half.width, half.height, half.factor]).toEqual([65, 64, 2]);
    expect(half.pixels).toBeInstanceOf(Int16Array);
    expect(half.pixels[0]).toBe(20);
    expect(half.pixels[64]).toBe(-100);
    expect(pyramid.level(99).factor).toBe(2 ** (pyramid.depth - 1));
  });

  it('stays between the least and the greatest value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 65, max: 140 }), fc.integer({ min: 128, max: 140 }), (width, height) => {
        const pixels = Uint16Array.from({ length: width * height }, (_, index) => 1000 + ((index * 7919) % 3000));
        const half = createPyramid(width, height, pixels).level(1).pixels;
        expect(half.every((value) => value >= 1000 && value < 4000)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('does not shrink an image below a thumbnail', () => {
    expect(createPyramid(100, 90, new Uint8Array(9000)).depth).toBe(1);
    expect(createPyramid(4000, 4000, new Uint8Array(1)).depth).toBe(6);
  });
});

describe('choice of level', () => {
  const size = { width: 4000, height: 4000 };

  it('has a pixel for every device pixel', () => {
    expect(levelFor(size, 6, 1, Infinity)).toBe(0);
    expect(levelFor(size, 6, 0.51, Infinity)).toBe(0);
    expect(levelFor(size, 6, 0.5, Infinity)).toBe(1);
    expect(levelFor(size, 6, 0.2, Infinity)).toBe(2);
    expect(levelFor(size, 6, 3, Infinity)).toBe(0);
  });

  it('gives way to the budget, and stops at the last level', () => {
    expect(levelFor(size, 6, 3, 4e6)).toBe(1);
    expect(levelFor(size, 6, 1e-6, Infinity)).toBe(5);
    expect(levelFor(size, 1, 3, 1)).toBe(0);
  });
});
