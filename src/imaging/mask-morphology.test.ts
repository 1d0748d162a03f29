import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyMask, paintDisc } from './mask';
import { fillHoles, growMask, largestRegion, shrinkMask, smoothMask } from './mask-morphology';
import { combineMasks, intersectMasks, invertMask, subtractMask } from './mask-combine';
import { SizeMismatchError } from './errors';
import type { Mask } from './radiograph';

const WIDTH = 24;
const HEIGHT = 17;
const maskOf = (bits: readonly boolean[]): Mask => ({
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from(bits, (bit) => (bit ? 255 : 0)),
});
const hardMasks = fc.array(fc.boolean(), { minLength: WIDTH * HEIGHT, maxLength: WIDTH * HEIGHT }).map(maskOf);
/** A few pixels only: what grows is then seen to grow. */
const sparseMasks = fc
  .array(fc.nat(WIDTH * HEIGHT - 1), { maxLength: 6 })
  .map((set) => maskOf(Array.from({ length: WIDTH * HEIGHT }, (_, i) => set.includes(i))));
const softMasks = fc
  .uint8Array({ minLength: WIDTH * HEIGHT, maxLength: WIDTH * HEIGHT })
  .map((data): Mask => ({ width: WIDTH, height: HEIGHT, data }));
const radii = fc.double({ min: 0, max: 9, noNaN: true });
const contains = (large: Mask, small: Mask) => small.data.every((value, i) => (large.data[i] ?? 0) >= value);
const area = ({ data }: Mask) => data.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);

/** Text of `#` and `.` as a mask. */
function drawn(...rows: readonly string[]): Mask {
  return {
    width: rows[0]?.length ?? 0,
    height: rows.length,
    data: Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 255 : 0)),
  };
}

describe('growing and shrinking', () => {
  it('reaches exactly what lies within the radius', () => {
    fc.assert(
      fc.property(sparseMasks, radii, (mask, radius) => {
        const inside = [...mask.data.keys()].filter((i) => mask.data[i] === 255);
        const expected = mask.data.map((_, i) =>
          inside.some(
            (j) => Math.hypot((i % WIDTH) - (j % WIDTH), Math.floor(i / WIDTH) - Math.floor(j / WIDTH)) <= radius,
          )
            ? 255
            : 0,
        );
        expect(growMask(mask, radius).data).toEqual(expected);
      }),
    );
  });

  it('are each other’s mirror: what the mask loses, its surroundings gain', () => {
    fc.assert(
      fc.property(hardMasks, radii, (mask, radius) => {
        expect(shrinkMask(mask, radius)).toEqual(invertMask(growMask(invertMask(mask), radius)));
      }),
    );
  });

  it('grown then shrunk holds the original, shrunk then grown lies in it', () => {
    fc.assert(
      fc.property(fc.oneof(hardMasks, sparseMasks), radii, (mask, radius) => {
        expect(contains(shrinkMask(growMask(mask, radius), radius), mask)).toBe(true);
        expect(contains(mask, growMask(shrinkMask(mask, radius), radius))).toBe(true);
      }),
    );
  });

  it('by less than a pixel changes nothing', () => {
    fc.assert(
      fc.property(hardMasks, fc.double({ min: 0, max: 0.99, noNaN: true }), (mask, radius) => {
        expect(growMask(mask, radius)).toEqual(mask);
        expect(shrinkMask(mask, radius)).toEqual(mask);
      }),
    );
  });

  it('makes a disc of a disc', () => {
    const disc = paintDisc(emptyMask(120, 120), 60.5, 60.5, 20, 255);
    expect(area(growMask(disc, 15)) / (Math.PI * 35 * 35)).toBeCloseTo(1, 1);
    expect(area(shrinkMask(disc, 8)) / (Math.PI * 12 * 12)).toBeCloseTo(1, 1);
  });
});

describe('inverting', () => {
  it('twice gives back the mask, soft values too', () => {
    fc.assert(
      fc.property(softMasks, (mask) => {
        expect(invertMask(invertMask(mask))).toEqual(mask);
      }),
    );
  });
});

describe('combining', () => {
  it('obeys the laws of sets', () => {
    fc.assert(
      fc.property(softMasks, softMasks, (a, b) => {
        expect(subtractMask(a, b)).toEqual(intersectMasks(a, invertMask(b)));
        expect(invertMask(combineMasks(a, b, 'union'))).toEqual(
          combineMasks(invertMask(a), invertMask(b), 'intersect'),
        );
        expect(contains(a, combineMasks(a, b, 'subtract'))).toBe(true);
      }),
    );
  });

  it('refuses masks of two sizes', () => {
    for (const how of ['union', 'subtract', 'intersect'] as const) {
      expect(() => combineMasks(emptyMask(4, 4), emptyMask(4, 5), how)).toThrow(SizeMismatchError);
    }
  });
});

describe('holes and regions', () => {
  it('fills what is walled in, and only that', () => {
    const ring = drawn('.......', '.#####.', '.#...#.', '.#.#.#.', '.#####.', '...#...');
    expect(fillHoles(ring)).toEqual(drawn('.......', '.#####.', '.#####.', '.#####.', '.#####.', '...#...'));
    const cup = drawn('#..#', '#..#', '####');
    expect(fillHoles(cup)).toEqual(cup);
  });

  it('holds a wall of pixels that touch at corners only', () => {
    expect(fillHoles(drawn('..#..', '.#.#.', '#...#', '.#.#.', '..#..'))).toEqual(
      drawn('..#..', '.###.', '#####', '.###.', '..#..'),
    );
  });

  it('is finished after one filling and never loses a pixel', () => {
    fc.assert(
      fc.property(hardMasks, (mask) => {
        const filled = fillHoles(mask);
        expect(contains(filled, mask)).toBe(true);
        expect(fillHoles(filled)).toEqual(filled);
      }),
    );
  });

  it('keeps the largest region', () => {
    expect(largestRegion(drawn('##...#', '##..#.', '...#..', '.....#'))).toEqual(
      drawn('##....', '##....', '......', '......'),
    );
    expect(largestRegion(drawn('#...##', '...##.', '..#...'))).toEqual(drawn('....##', '...##.', '..#...'));
  });

  it('finds a U, an S and a spiral to be one region each', () => {
    for (const shape of [
      drawn('#.#', '#.#', '###'),
      drawn('###', '#..', '###', '..#', '###'),
      drawn('#####', '#...#', '#.#.#', '#.###'),
    ]) {
      expect(largestRegion(shape)).toEqual(shape);
    }
  });

  it('has no largest region of nothing', () => {
    expect(area(largestRegion(emptyMask(9, 9)))).toBe(0);
  });
});

describe('smoothing', () => {
  it('takes away a whisker and a nick, and leaves the body where it was', () => {
    const body = paintDisc(emptyMask(100, 100), 50, 50, 25, 255);
    const rough = paintDisc(body, 50, 18, 0.8, 255);
    rough.data.set([255, 255, 255], 50 * 100 + 80);
    rough.data[50 * 100 + 26] = 0;
    const smooth = smoothMask(rough, 6);
    expect(smooth.data[50 * 100 + 81]).toBe(0);
    expect(smooth.data[18 * 100 + 50]).toBe(0);
    expect(smooth.data[50 * 100 + 27]).toBe(255);
    expect(area(smooth) / area(body)).toBeCloseTo(1, 1);
  });

  it('leaves a straight edge and the image’s own edge alone', () => {
    const half: Mask = { width: 40, height: 40, data: new Uint8Array(1600).map((_, i) => (i % 40 < 20 ? 255 : 0)) };
    expect(smoothMask(half, 8)).toEqual(half);
  });
});
