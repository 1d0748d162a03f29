import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enlargedIn } from '../enlarge';
import { addPresentationResidual } from '../presentation';
import type { Mask } from '../radiograph';
import { testRadiograph } from '../testing/radiographs';
import { kernels, installKernels } from './current';
import { makeKernels } from './kernels';
import { LONGEST } from './layout';

const own = makeKernels();
if (own === null) throw new Error('These tests compare with WebAssembly, which this runtime does not compile.');
const bitsOf = (values: Float32Array): Uint32Array => new Uint32Array(values.slice().buffer);

describe('the kernels of a film’s pixels', () => {
  it('make a picture larger as the loops do, in rows that are asked for in any order', () => {
    const value = fc.float({ noDefaultInfinity: true, min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 30, maxLength: 30 }),
        fc.integer({ min: 6, max: 90 }),
        fc.integer({ min: 5, max: 60 }),
        fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 12 }),
        (values, W, H, asked) => {
          const src = Float32Array.from(values);
          const box = { x: 1, y: 2, width: W - 1, height: H - 2 };
          const [plain, fast, other] = [null, own, own].map((each) => enlargedIn(src, 6, 5, W, H, box, each));
          for (const [isOther, row, column] of asked) {
            const [y, from] = [row % box.height, column % box.width];
            const made = (isOther ? other : fast)?.row(y, from, box.width).slice(from, box.width);
            expect(bitsOf(made as Float32Array)).toEqual(
              bitsOf(plain?.row(y, from, box.width).slice(from) as Float32Array),
            );
          }
        },
      ),
    );
  });

  it.each(['unsigned', 'signed'] as const)('add a change to %s stored values as the loop does', (kind) => {
    const change = fc.oneof(
      fc.float({ min: -2, max: 2, noNaN: true }),
      fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 3e38, 1e-40, 0.5 / 4095),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 37 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(change, { minLength: 37 * 5, maxLength: 37 * 5 }),
        fc.array(fc.constantFrom(0, 0, 1, 127, 128, 255), { minLength: 37 * 5, maxLength: 37 * 5 }),
        fc.integer(),
        fc.double({ min: 1, max: 5000, noNaN: true }),
        (width, height, changes, weights, seed, windowWidth) => {
          const [least, greatest] = kind === 'signed' ? [-32768, 32767] : [0, 65535];
          // Beyond the bits too: some files keep overlays there.
          const values = Array.from({ length: width * height }, (_, i) =>
            Math.round(least + ((((i + 1) * 7919 + (seed >>> 0)) % 9973) / 9972) * (greatest - least)),
          );
          const pixels = kind === 'signed' ? Int16Array.from(values) : Uint16Array.from(values);
          const radiograph = testRadiograph({
            width,
            height,
            pixels,
            signed: kind === 'signed',
            bitsStored: 12,
            window: { windowCenter: 100, windowWidth: 1 + windowWidth },
          });
          const residual = Float32Array.from(changes.slice(0, width * height));
          const mask: Mask = { width, height, data: Uint8Array.from(weights.slice(0, width * height)) };
          const box = { x: 0, y: 0, width, height };
          const plain = addPresentationResidual(radiograph, residual, mask, box, null);
          const fast = addPresentationResidual(radiograph, residual, mask, box, own);
          expect(fast.pixels).toEqual(plain.pixels);
          expect(fast.changed).toBe(plain.changed);
        },
      ),
    );
  });

  it('tell how far a mask has risen as the smoothstep does, of one map and of two', () => {
    const value = fc.oneof(
      fc.float({ min: -1, max: 2, noNaN: true }),
      fc.constantFrom(0.3, 0.6, 0.2, 0.8, -0, 0, 1, NaN, Infinity, -Infinity, 1e-40),
    );
    const rising = (x: number, low: number, high: number): number => {
      const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
      return t * t * (3 - 2 * t);
    };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 40 }),
        fc.nat({ max: 20 }),
        fc.boolean(),
        (pairs, before, both) => {
          const [map, second] = [0, 1].map((i) => Float32Array.from(pairs, (pair) => pair[i] as number)) as [
            Float32Array,
            Float32Array,
          ];
          const from = Math.min(before, map.length);
          const row = new Uint8Array(map.length).fill(7);
          own.fade(row, map, [0.3, 0.6], from, map.length, both ? { map: second, rise: [0.2, 0.8] } : undefined);
          const expected = Uint8Array.from(map, (x, i) => {
            if (i < from) return 7;
            const own = 255 * rising(x, 0.3, 0.6);
            return Math.round(both ? own * rising(second[i] as number, 0.2, 0.8) : own);
          });
          expect([...row]).toEqual([...expected]);
        },
      ),
    );
  });

  it('leave rows that have no room to the loops', () => {
    expect(own.hasRoomForRow(LONGEST)).toBe(true);
    const box = { x: 0, y: 0, width: LONGEST + 1, height: 2 };
    const [ours, plain] = [own, null].map((each) =>
      enlargedIn(Float32Array.of(0, 1, 2, 3), 2, 2, box.width, 2, box, each).row(1, 0, box.width),
    );
    expect(ours).toEqual(plain);
  });

  it('are used once they are put in place, and not before', () => {
    expect(kernels()).toBeNull();
    installKernels(own);
    expect(kernels()).toBe(own);
    installKernels(null);
  });
});
