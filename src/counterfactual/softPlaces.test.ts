import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lungMap, regionMap } from '../findings/regions';
import { boxAround } from '../imaging/mask-box';
import { softIn, softPlaces } from './softPlaces';
import { fakeRegions } from './testing/fakes';

const [WIDTH, HEIGHT] = [640, 512];
const regions = fakeRegions();
const lungs = lungMap(regions);
const at = (data: Uint8Array, column: number, row: number): number =>
  data[Math.round((row + 0.5) * (HEIGHT / 32)) * WIDTH + Math.round((column + 0.5) * (WIDTH / 32))] ?? 0;

/** The largest step between neighbours along a line of pixels. */
function steepest(values: readonly number[]): number {
  return values.slice(1).reduce((most, value, i) => Math.max(most, Math.abs(value - (values[i] ?? 0))), 0);
}

describe('a zone as a soft mask', () => {
  const { data } = softPlaces(regionMap(regions, 'right_mid'), lungs, WIDTH, HEIGHT);

  it('is full in its middle, and nothing away from it', () => {
    expect(at(data, 8, 15)).toBe(255);
    expect(at(data, 8, 8)).toBe(0);
    expect(at(data, 23, 15)).toBe(0);
    expect(at(data, 16, 15)).toBe(0);
  });

  it('fades into the zones above and below over some cells, with no flat top', () => {
    const column = Array.from({ length: HEIGHT }, (_, y) => data[y * WIDTH + 170] ?? 0);
    const between = column.filter((value) => value > 10 && value < 245).length;
    // Both ends; a cell is 16 pixels high.
    expect(between).toBeGreaterThan(2 * 24);
    expect(steepest(column)).toBeLessThan(20);
  });

  it('follows the border of the lung closely, and rounds its corners', () => {
    const row = Array.from({ length: WIDTH / 2 }, (_, x) => data[Math.round(15.5 * 16) * WIDTH + x] ?? 0);
    const inside = row.filter((value) => value >= 128).length;
    // Nine columns of 20 pixels.
    expect(Math.abs(inside - 180)).toBeLessThan(20);
    const whole = softPlaces(lungs, lungs, WIDTH, HEIGHT).data;
    expect(at(whole, 4, 5)).toBeLessThan(at(whole, 8, 5));
  });

  it('together with its neighbours leaves no seam', () => {
    const both = ['right_upper', 'right_mid', 'right_lower'] as const;
    const own = Float32Array.from({ length: 1024 }, (_, cell) =>
      both.reduce((sum, zone) => sum + (regionMap(regions, zone)[cell] ?? 0), 0),
    );
    const lung = softPlaces(own, lungs, WIDTH, HEIGHT).data;
    for (let row = 7; row < 24; row++) expect(at(lung, 8, row)).toBe(255);
  });

  it('has the bits that it has where all of the film is drawn', () => {
    // Some cells, mostly low ones: what a cubic overshoots is at the threshold.
    const map = fc
      .array(fc.tuple(fc.nat(1023), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 12 })
      .map((cells) => {
        const made = new Float32Array(1024);
        for (const [cell, value] of cells) made[cell] = value < 0.5 ? 0.1 + value / 5 : value;
        return made;
      });
    fc.assert(
      fc.property(map, map, fc.integer({ min: 20, max: 150 }), fc.integer({ min: 20, max: 150 }), (near, own, w, h) => {
        const lung = own.map((value, cell) => Math.max(value, near[cell] ?? 0));
        const whole = { x: 0, y: 0, width: w, height: h };
        const mask = softIn(near, lung, w, h);
        expect(mask.data).toEqual(softIn(near, lung, w, h, whole).data);
        const { x, y, width, height } = boxAround(mask);
        const outside = mask.data.filter((_, i) => {
          const [column, row] = [i % w, Math.floor(i / w)];
          return column < x || column >= x + width || row < y || row >= y + height;
        });
        expect(outside.every((value) => value === 0)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('is of nothing where there is nothing', () => {
    expect(softPlaces(new Float32Array(1024), new Float32Array(1024), 32, 32).data.every((value) => value === 0)).toBe(
      true,
    );
  });
});
