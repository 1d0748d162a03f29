import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enlargedIn } from './enlarge';
import { resizeBicubic } from './resample';

describe('a picture made larger row by row', () => {
  const side = fc.integer({ min: 1, max: 9 });
  const share = fc.double({ min: 0, max: 0.999, noNaN: true });
  const cases = fc.tuple(
    fc.tuple(side, side, fc.nat()),
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })),
    fc.tuple(share, share, share, share),
  );
  const made = ([[w, h, seed], [more, higher], [u, v, s, t]]: typeof cases extends fc.Arbitrary<infer C>
    ? C
    : never) => {
    const src = Float32Array.from({ length: w * h }, (_, i) => Math.sin((i + 1) * (seed % 91)) / 2);
    const [W, H] = [w + more, h + higher];
    const [x, y] = [Math.floor(u * W), Math.floor(v * H)];
    const box = { x, y, width: 1 + Math.floor(s * (W - x)), height: 1 + Math.floor(t * (H - y)) };
    return { whole: resizeBicubic(src, w, h, W, H), W, box, enlarged: enlargedIn(src, w, h, W, H, box) };
  };

  it('has the bits that it has when all of it is made', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { whole, W, box, enlarged } = made(given);
        for (let y = 0; y < box.height; y++) {
          const from = y % box.width;
          const row = enlarged.row(y, from, box.width);
          for (let x = from; x < box.width; x++)
            // A weight of 0 is added here and passed over there: 0 and -0 are alike.
            expect((row[x] as number) + 0).toBe((whole[(box.y + y) * W + box.x + x] as number) + 0);
        }
      }),
    );
  });

  it('keeps in each band to the bounds that it tells', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { box, enlarged } = made(given);
        const [least, most] = [new Float32Array(box.width), new Float32Array(box.width)];
        for (let y = 0; y < box.height;) {
          enlarged.bounds(y, least, most);
          const end = enlarged.bandEnd(y);
          expect(end).toBeGreaterThan(y);
          for (; y < end; y++)
            enlarged.row(y, 0, box.width).forEach((value, x) => {
              expect(value >= (least[x] as number) && value <= (most[x] as number)).toBe(true);
            });
        }
      }),
    );
  });
});
