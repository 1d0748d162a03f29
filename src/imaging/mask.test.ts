import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SizeMismatchError } from './errors';
import {
  emptyMask,
  encodeMaskPng,
  featherMask,
  fillPolygon,
  gridToMask,
  isMaskEmpty,
  maskBounds,
  maskReach,
  paintDisc,
  paintStroke,
  unionMasks,
} from './mask';
import { maskToGrid } from './mask-grid';
import { decodeGreyPng } from './png-decode';
import type { Mask } from './radiograph';

const area = (mask: Mask): number => mask.data.reduce((sum, value) => sum + value, 0) / 255;

/** As it is defined, from every pixel to every other. */
function rimmed({ width, height, data }: Mask, radius: number): Uint8Array {
  return data.map((own, i) => {
    const falls = [128, 192, 255].map((least) => {
      let nearest = Infinity;
      for (let j = 0; j < width * height; j++) {
        if ((data[j] as number) < least) continue;
        const [dx, dy] = [(i % width) - (j % width), Math.floor(i / width) - Math.floor(j / width)];
        nearest = Math.min(nearest, Math.sqrt(dx * dx + dy * dy));
      }
      const t = 1 - nearest / (radius + 1);
      return nearest > radius || nearest === 0 ? 0 : Math.round(least * t * t * (3 - 2 * t));
    });
    return Math.max(own, ...falls);
  });
}

describe('featherMask', () => {
  const points = fc.array(fc.tuple(fc.nat(29), fc.nat(21)), { maxLength: 6 });

  it('keeps the inside, falls off outside, and is 0 beyond the radius', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0, max: 8, noNaN: true }), (seeds, radius) => {
        const mask = emptyMask(30, 22);
        for (const [x, y] of seeds) mask.data[y * 30 + x] = 255;
        const soft = featherMask(mask, radius);
        let wrong = 0;
        for (let y = 0; y < 22; y++) {
          for (let x = 0; x < 30; x++) {
            const distance = Math.min(Infinity, ...seeds.map(([sx, sy]) => Math.hypot(sx - x, sy - y)));
            const value = soft.data[y * 30 + x] as number;
            const right = distance === 0 ? value === 255 : distance > radius ? value === 0 : value > 0 && value < 255;
            if (!right) wrong++;
          }
        }
        expect(wrong).toBe(0);
      }),
    );
  });

  it('is the highest of three falls, each from the nearest pixel that is high enough', () => {
    const [w, h] = [24, 19];
    const levels = fc.array(fc.tuple(fc.nat(w - 1), fc.nat(h - 1), fc.nat(6), fc.integer({ min: 1, max: 255 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(levels, fc.double({ min: 0.5, max: 12, noNaN: true }), (discs, radius) => {
        let mask = emptyMask(w, h);
        for (const [x, y, size, value] of discs) {
          const disc = paintDisc(emptyMask(w, h), x + 0.5, y + 0.5, size, 255);
          mask = { ...mask, data: mask.data.map((before, i) => (disc.data[i] === 255 ? value : before)) };
        }
        expect(featherMask(mask, radius).data).toEqual(rimmed(mask, radius));
      }),
      { numRuns: 40 },
    );
  });

  it('decreases with distance and is half way near half the radius', () => {
    const soft = featherMask(paintDisc(emptyMask(101, 101), 50.5, 50.5, 0.5, 255), 20);
    const ray = Array.from({ length: 22 }, (_, d) => soft.data[50 * 101 + 50 + d] as number);
    for (let d = 1; d < ray.length; d++) expect(ray[d]).toBeLessThan(Math.max(1, ray[d - 1] as number));
    expect(ray[0]).toBe(255);
    expect(Math.abs((ray[10] as number) - 128)).toBeLessThan(16);
    expect(ray[21]).toBe(0);
  });

  it('leaves no ridge beside the inside of a mask that is soft already', () => {
    const [width, radius] = [120, 9];
    const fading = {
      width,
      height: 3,
      data: Uint8Array.from({ length: 3 * width }, (_, i) => Math.max(0, 255 - 4 * (i % width))),
    };
    const row = Array.from(featherMask(fading, radius).data.subarray(width, 2 * width));
    for (let x = 1; x < width; x++) expect(row[x]).toBeLessThanOrEqual(row[x - 1] as number);
    row.forEach((value, x) => {
      expect(value).toBeGreaterThanOrEqual(fading.data[width + x] as number);
    });
  });

  it('gives an equal mask for radius 0 and for an empty mask, and never touches its input', () => {
    const disc = paintDisc(emptyMask(40, 40), 20, 20, 7, 255);
    const before = disc.data.slice();
    expect(featherMask(disc, 0).data).toEqual(before);
    expect(isMaskEmpty(featherMask(emptyMask(40, 40), 9))).toBe(true);
    featherMask(disc, 5);
    expect(disc.data).toEqual(before);
  });
});

describe('maskBounds', () => {
  it('is the smallest rectangle of whole pixels around the mask', () => {
    const { data, ...size } = emptyMask(10, 8);
    data[2 * 10 + 3] = 255;
    data[5 * 10 + 7] = 255;
    expect(maskBounds({ ...size, data })).toEqual({ x: 3, y: 2, width: 5, height: 4 });
    expect(maskBounds(emptyMask(10, 8))).toBeUndefined();
  });

  it('reach as far as the softest rim', () => {
    const soft = emptyMask(10, 8);
    soft.data[3 * 10 + 4] = 255;
    soft.data[7 * 10 + 9] = 1;
    expect(maskBounds(soft)).toEqual({ x: 4, y: 3, width: 1, height: 1 });
    expect(maskReach(soft)).toEqual({ x: 4, y: 3, width: 6, height: 5 });
    expect(maskReach(emptyMask(10, 8))).toBeUndefined();
  });
});

describe('grids', () => {
  it('measures how much of each cell is covered', () => {
    const mask = fillPolygon(
      emptyMask(64, 128),
      [
        { x: 0, y: 0 },
        { x: 32, y: 0 },
        { x: 32, y: 128 },
        { x: 0, y: 128 },
      ],
      255,
    );
    expect(Array.from(maskToGrid(mask, 2))).toEqual([1, 0, 1, 0]);
    expect(maskToGrid(mask, 32).reduce((sum, value) => sum + value, 0) / 1024).toBeCloseTo(0.5, 6);
  });

  it('brings a map to native size and back', () => {
    const map = Float32Array.from({ length: 1024 }, (_, i) => (i % 32 < 16 ? 1 : 0));
    const mask = gridToMask(map, 32, 640, 320, 0.5);
    expect([mask.width, mask.height]).toEqual([640, 320]);
    expect(Array.from(maskToGrid(mask, 32))).toEqual(Array.from(map));
  });
});

describe('painting', () => {
  it('covers a disc of the right area, clipped at the edges', () => {
    expect(area(paintDisc(emptyMask(200, 200), 100, 100, 60, 255)) / (Math.PI * 3600)).toBeCloseTo(1, 2);
    expect(area(paintDisc(emptyMask(200, 200), 0, 0, 60, 255)) / ((Math.PI * 3600) / 4)).toBeCloseTo(1, 1);
    expect(isMaskEmpty(paintDisc(emptyMask(20, 20), -50, -50, 5, 255))).toBe(true);
  });

  it('erases with value 0 and returns a new mask', () => {
    const painted = paintDisc(emptyMask(50, 50), 25, 25, 10, 255);
    expect(isMaskEmpty(paintDisc(painted, 25, 25, 11, 0))).toBe(true);
    expect(isMaskEmpty(painted)).toBe(false);
  });

  it('leaves no gaps in a fast stroke', () => {
    const stroke = paintStroke(
      emptyMask(100, 20),
      [
        { x: 5, y: 10 },
        { x: 95, y: 10 },
      ],
      3,
      255,
    );
    for (let x = 5; x < 95; x++) expect(stroke.data[10 * 100 + x]).toBe(255);
    expect(area(stroke)).toBeCloseTo(90 * 6 + Math.PI * 9, -1);
  });

  it('fills a polygon by the even-odd rule, whatever its winding', () => {
    const square = [
      { x: 10, y: 10 },
      { x: 30, y: 10 },
      { x: 30, y: 40 },
      { x: 10, y: 40 },
    ];
    const filled = fillPolygon(emptyMask(50, 50), square, 255);
    expect(area(filled)).toBe(600);
    expect(fillPolygon(emptyMask(50, 50), square.toReversed(), 255)).toEqual(filled);
    expect(isMaskEmpty(fillPolygon(emptyMask(50, 50), square.slice(0, 2), 255))).toBe(true);
    const bow = fillPolygon(
      emptyMask(40, 40),
      [
        { x: 0, y: 0 },
        { x: 40, y: 40 },
        { x: 40, y: 0 },
        { x: 0, y: 40 },
      ],
      255,
    );
    expect(area(bow)).toBeCloseTo(800, -2);
  });

  it('joins masks by their maximum and refuses different sizes', () => {
    const a = paintDisc(emptyMask(30, 30), 10, 10, 5, 255);
    const b = featherMask(paintDisc(emptyMask(30, 30), 14, 14, 5, 255), 4);
    const both = unionMasks(a, b);
    both.data.forEach((value, i) => {
      expect(value).toBe(Math.max(a.data[i] as number, b.data[i] as number));
    });
    expect(() => unionMasks(a, emptyMask(31, 30))).toThrow(SizeMismatchError);
  });
});

describe('encodeMaskPng', () => {
  it('round-trips', () => {
    const mask = featherMask(paintDisc(emptyMask(90, 70), 40, 30, 12, 255), 9);
    expect(decodeGreyPng(encodeMaskPng(mask), 'mask.png').samples).toEqual(mask.data);
  });
});
