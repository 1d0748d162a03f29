import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeKernels } from '../../imaging/kernels/kernels';
import { boxOf, cut, gaussian, slopes } from './patch';

const patch = (width: number, height: number, of: (x: number, y: number) => number) => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) => of(i % width, Math.floor(i / width))),
});

describe('a patch', () => {
  const spot = patch(12, 10, (x, y) => (x === 5 && y === 6 ? 1 : 0));

  it('is cut out with a margin that ends at the edge of the image', () => {
    expect(boxOf(spot, 2)).toEqual({ x: 3, y: 4, width: 5, height: 5 });
    expect(boxOf(spot, 5)).toEqual({ x: 0, y: 1, width: 11, height: 9 });
    expect(
      boxOf(
        patch(4, 4, () => 0),
        2,
      ),
    ).toBeUndefined();
    const piece = cut(spot, { x: 4, y: 5, width: 3, height: 3 });
    expect(Array.from(piece.data)).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
  });

  it('is blurred by a Gaussian of the width that was asked for', () => {
    const sigma = 2;
    const wide = patch(41, 41, (x, y) => (x === 20 && y === 20 ? 1 : 0));
    const blurred = gaussian(wide, sigma);
    const sum = blurred.reduce((total, value) => total + value, 0);
    const variance = blurred.reduce((total, value, i) => total + value * ((i % 41) - 20) ** 2, 0) / sum;
    expect(sum).toBeCloseTo(1, 4);
    // The tails beyond 2.6 deviations are cut off.
    expect(Math.sqrt(variance)).toBeGreaterThan(0.93 * sigma);
    expect(Math.sqrt(variance)).toBeLessThan(sigma);
  });

  it('keeps a level up to the edge when it is blurred', () => {
    for (const value of gaussian(
      patch(9, 7, () => 0.25),
      3,
    ))
      expect(value).toBeCloseTo(0.25, 5);
  });

  it('is blurred to the same bits with WebAssembly as without, and without where it has no room', () => {
    const own = makeKernels();
    expect(own).not.toBeNull();
    const bitsOf = (values: Float32Array): Uint32Array => new Uint32Array(values.slice().buffer);
    const side = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 250, max: 260 }));
    const sigmas = fc.oneof(fc.double({ min: 0.3, max: 6, noNaN: true }), fc.double({ min: 12, max: 14, noNaN: true }));
    fc.assert(
      fc.property(side, fc.integer({ min: 1, max: 40 }), sigmas, fc.nat({ max: 999 }), (width, height, sigma, seed) => {
        const image = patch(width, height, (x, y) => Math.sin((seed + 1) * (x + 31 * y + 1)));
        const [plain, fast] = [null, own].map((each) => bitsOf(gaussian(image, sigma, each)));
        expect(fast).toEqual(plain);
      }),
    );
  });

  it('has the slopes of a plane', () => {
    const { dx, dy } = slopes(patch(6, 6, (x, y) => 2 * x - 3 * y));
    expect([dx[14], dy[14]]).toEqual([2, -3]);
  });
});
