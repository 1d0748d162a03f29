import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { toPresentation } from './presentation';
import { resizeArea, resizeBicubic, resizeBicubicIn, resizeBilinear, toNetworkGrid, toNetworkGridIn } from './resample';
import { worstError } from './testing/compare';
import { testRadiograph } from './testing/radiographs';

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const side = fc.integer({ min: 1, max: 23 });

describe('resizeArea', () => {
  it('averages blocks', () => {
    expect(Array.from(resizeArea(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), 4, 2, 2, 1))).toEqual([3.5, 5.5]);
  });

  it('weights pixels that two outputs share', () => {
    const [a, b] = resizeArea(Float32Array.of(0, 3, 9), 3, 1, 2, 1);
    expect(a).toBeCloseTo((0 + 3 / 2) / 1.5, 5);
    expect(b).toBeCloseTo((3 / 2 + 9) / 1.5, 5);
  });

  it('preserves the mean for all sizes', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.nat(), (w, h, W, H, seed) => {
        const src = Float32Array.from({ length: w * h }, (_, i) => (((i + 1) * (seed + 1)) % 97) / 97);
        expect(mean(resizeArea(src, w, h, W, H))).toBeCloseTo(mean(src), 5);
      }),
    );
  });
});

describe('resizeBicubic', () => {
  it('rounds each row that it adds, however many it adds at once', () => {
    const src = Float32Array.from({ length: 45 }, (_, i) => Math.sin(i * 2.3) / 3);
    const out = resizeBicubic(src, 5, 9, 5, 40);
    for (let o = 0; o < 40; o++) {
      const centre = ((o + 0.5) * 9) / 40 - 0.5;
      const t = centre - Math.floor(centre);
      const weights = Float32Array.of(
        t * (-0.5 + t * (1 - 0.5 * t)),
        1 + t * t * (-2.5 + 1.5 * t),
        t * (0.5 + t * (2 - 1.5 * t)),
        t * t * (-0.5 + 0.5 * t),
      );
      for (let x = 0; x < 5; x++) {
        let sum = 0;
        for (let tap = 0; tap < 4; tap++) {
          const y = Math.min(8, Math.max(0, Math.floor(centre) - 1 + tap));
          sum = Math.fround(sum + (weights[tap] ?? 0) * (src[y * 5 + x] ?? 0));
        }
        expect(out[o * 5 + x]).toBe(sum);
      }
    }
  });
});

describe('resizeBilinear', () => {
  it('returns the image itself at its own size, and goes straight from pixel to pixel', () => {
    const src = Float32Array.from({ length: 35 }, (_, i) => Math.sin(i));
    expect(Array.from(resizeBilinear(src, 7, 5, 7, 5))).toEqual(Array.from(src));
    expect(Array.from(resizeBilinear(Float32Array.of(0, 1), 2, 1, 4, 1))).toEqual([0, 0.25, 0.75, 1]);
  });

  it('stays within the values of the image at any larger size', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.nat(), (w, h, more, higher, seed) => {
        const src = Float32Array.from({ length: w * h }, (_, i) => (((i + 1) * (seed + 1)) % 97) / 97);
        const out = resizeBilinear(src, w, h, w + more, h + higher);
        expect(Math.min(...out)).toBeGreaterThanOrEqual(Math.min(...src) - 1e-6);
        expect(Math.max(...out)).toBeLessThanOrEqual(Math.max(...src) + 1e-6);
      }),
    );
  });
});

describe('the grid of a film that was changed in a box', () => {
  const sides = fc.tuple(fc.integer({ min: 256, max: 420 }), fc.integer({ min: 256, max: 420 }));
  const places = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 4, maxLength: 4 });

  it('has the bits that it has when all of it is made anew', () => {
    fc.assert(
      fc.property(sides, places, ([width, height], [u = 0, v = 0, s = 0, t = 0]) => {
        const before = testRadiograph({ width, height, pixels: noise(width * height) });
        const [x, y] = [Math.floor(u * width), Math.floor(v * height)];
        const box = { x, y, width: 1 + Math.floor(s * (width - x)), height: 1 + Math.floor(t * (height - y)) };
        const pixels = before.pixels.slice();
        for (let row = y; row < y + box.height; row++)
          for (let i = row * width + x; i < row * width + x + box.width; i++) pixels[i] = (pixels[i] as number) ^ 0x555;
        const after = { ...before, pixels };
        const wanted = toNetworkGrid(after);
        // Told by the first that differs: comparing 65,536 values one by one takes longer than making them.
        expect(toNetworkGridIn(after, toNetworkGrid(before), box).findIndex((grey, i) => grey !== wanted[i])).toBe(-1);
      }),
      { numRuns: 12 },
    );
  });

  it('is the same where nothing was changed, and made anew where the film is smaller than the grid', () => {
    const none = { x: 0, y: 0, width: 0, height: 0 };
    const film = testRadiograph({ width: 300, height: 300, pixels: noise(90_000) });
    expect(toNetworkGridIn(film, toNetworkGrid(film), none)).toEqual(toNetworkGrid(film));
    const small = testRadiograph({ width: 100, height: 300, pixels: noise(30_000) });
    expect(toNetworkGridIn(small, new Float32Array(), none)).toEqual(toNetworkGrid(small));
  });
});

function noise(length: number): Uint16Array {
  return Uint16Array.from({ length }, (_, i) => (i * 7919 + (i >> 4) * 31) % 4096);
}

describe('parts of a picture', () => {
  const src = Float32Array.from({ length: 9 * 7 }, (_, i) => Math.sin(i * 1.7));

  it('are interpolated as in the whole, bit for bit', () => {
    const whole = resizeBicubic(src, 9, 7, 50, 40);
    for (const box of [
      { x: 0, y: 0, width: 50, height: 40 },
      { x: 13, y: 5, width: 20, height: 3 },
      { x: 49, y: 39, width: 1, height: 1 },
      { x: 7, y: 9, width: 0, height: 0 },
    ]) {
      const part = resizeBicubicIn(src, 9, 7, 50, 40, box);
      expect(part).toHaveLength(box.width * box.height);
      part.forEach((value, at) => {
        const [row, column] = [Math.floor(at / box.width), at % box.width];
        expect(value).toBe(whole[(box.y + row) * 50 + box.x + column]);
      });
    }
  });
});

describe('resizeBicubic', () => {
  it('returns the image itself at its own size', () => {
    const src = Float32Array.from({ length: 35 }, (_, i) => Math.sin(i));
    expect(Array.from(resizeBicubic(src, 7, 5, 7, 5))).toEqual(Array.from(src));
  });

  it('keeps constants and, away from the edges, straight lines', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 40 }), fc.double({ min: -1, max: 1, noNaN: true }), (W, slope) => {
        const src = Float32Array.from({ length: 64 }, (_, i) => slope * ((i % 8) + 0.5) + 2);
        const out = resizeBicubic(src, 8, 8, W, W);
        const line = Array.from({ length: W }, (_, x) => slope * (((x + 0.5) * 8) / W) + 2);
        const middle = [Math.ceil(W / 4), Math.floor((3 * W) / 4)] as const;
        const row = out.subarray(3 * W, 4 * W);
        expect(worstError(row.subarray(...middle), line.slice(...middle))).toBeLessThan(1e-4);
        const flat = resizeBicubic(new Float32Array(64).fill(slope), 8, 8, W, W);
        expect(worstError(flat, new Float32Array(W * W).fill(slope))).toBeLessThan(1e-5);
      }),
    );
  });
});

describe('toNetworkGrid', () => {
  it('is 256 x 256 in [-1, 1] with the mean of the presentation', () => {
    const r = testRadiograph({
      width: 300,
      height: 513,
      pixels: Uint16Array.from({ length: 300 * 513 }, (_, i) => (i * 31) % 4096),
    });
    const grid = toNetworkGrid(r);
    expect(grid.length).toBe(65536);
    expect(grid.every((value) => value >= -1 && value <= 1)).toBe(true);
    expect(mean(grid)).toBeCloseTo(2 * mean(toPresentation(r)) - 1, 3);
  });

  it('has the bits of the presentation averaged as any picture, whatever the size and the type of its values', () => {
    const long = fc.integer({ min: 256, max: 900 });
    const kinds = fc.constantFrom(Uint8Array, Uint16Array, Int16Array);
    fc.assert(
      fc.property(long, long, kinds, (width, height, Kind) => {
        const pixels = new Kind(width * height).map((_, i) => (i * 7919) % 4096);
        const r = testRadiograph({ width, height, pixels, signed: pixels instanceof Int16Array });
        const plain = resizeArea(toPresentation(r), width, height, 256, 256);
        const wanted = plain.map((grey) => Math.min(1, Math.max(-1, 2 * grey - 1)));
        expect(toNetworkGrid(r).findIndex((grey, i) => grey !== wanted[i])).toBe(-1);
      }),
      { numRuns: 15 },
    );
  });

  it('takes an image of 256 x 256 pixel by pixel', () => {
    const r = testRadiograph({
      width: 256,
      height: 256,
      pixels: Uint16Array.from({ length: 65536 }, (_, i) => (i * 31) % 4096),
    });
    const expected = toPresentation(r).map((grey) => 2 * grey - 1);
    expect(worstError(toNetworkGrid(r), expected)).toBeLessThan(1e-5);
  });

  it('enlarges small images and keeps white white in MONOCHROME1', () => {
    const r = testRadiograph({ pixels: new Uint16Array(64 * 80), photometricInterpretation: 'MONOCHROME1' });
    expect(toNetworkGrid(r).every((value) => Math.abs(value - 1) < 1e-5)).toBe(true);
  });
});
