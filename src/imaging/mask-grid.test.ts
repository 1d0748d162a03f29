import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskToGrid } from './mask-grid';
import { resizeArea } from './resample';

const side = fc.integer({ min: 1, max: 70 });

describe('a mask on a grid', () => {
  /** Runs of nothing, all and values between, as masks have them. */
  const runs = fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.constantFrom(0, 0, 255, 255, 1, 77, 254)), {
    minLength: 1,
    maxLength: 40,
  });

  it('has the bits of the plain mean over each cell', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 40 }),
        runs,
        fc.nat(3),
        (width, height, size, lengths, shift) => {
          const data = new Uint8Array(shift + width * height).subarray(shift);
          for (let i = 0, run = 0; i < data.length; run++) {
            const [length, value] = lengths[run % lengths.length] ?? [1, 0];
            data.fill(value, i, i + length);
            i += length;
          }
          const plain = resizeArea(Float32Array.from(data), width, height, size, size).map((value) => value / 255);
          expect(maskToGrid({ width, height, data }, size)).toEqual(plain);
        },
      ),
    );
  });
});
