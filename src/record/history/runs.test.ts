import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunPacker, unpackRuns, type Runs } from './runs';

function packRuns(values: Uint8Array, piece = values.length): Runs {
  const packer = new RunPacker();
  for (let at = 0; at < values.length; at += piece) packer.addValues(values, at, Math.min(values.length, at + piece));
  return packer.packed();
}

describe('run-length code of masks', () => {
  it('gives back what was packed', () => {
    const runs = fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 40_000 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(runs, (parts) => {
        const values = Uint8Array.from(Buffer.concat(parts.map(([value, length]) => Buffer.alloc(length, value))));
        expect(Buffer.compare(unpackRuns(packRuns(values), values.length), values)).toBe(0);
        expect(packRuns(values, 1000)).toEqual(packRuns(values));
      }),
      { numRuns: 40 },
    );
  });

  it('packs a full-size mask of one value into a few bytes', () => {
    expect(packRuns(new Uint8Array(4_000_000).fill(255)).byteLength).toBeLessThan(8);
  });
});
