import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WeightsFormatError } from './errors';
import { decodeHalf } from './half';
import { readSafetensors, readSafetensorsMetadata } from './safetensors';
import type { Tensor } from './tensor';
import { encodeHalf, writeSafetensors } from './testing/write-safetensors';

const tensor = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
  .chain((shape) => {
    const count = shape.reduce((product, size) => product * size, 1);
    return fc.tuple(fc.constant(shape), fc.array(fc.float({ noNaN: true }), { minLength: count, maxLength: count }));
  })
  .map(([shape, values]): Tensor => ({ shape, data: Float32Array.from(values) }));
const file = fc.dictionary(
  fc.string({ minLength: 1 }).filter((name) => name !== '__metadata__' && name !== '__proto__'),
  tensor,
  { maxKeys: 5 },
);

function faultOf(bytes: Uint8Array): WeightsFormatError {
  try {
    readSafetensors(bytes, 'file.safetensors');
  } catch (error) {
    if (error instanceof WeightsFormatError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

/** A file from a header object and a number of data bytes. */
function withHeader(header: unknown, dataBytes: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const out = new Uint8Array(8 + json.length + dataBytes);
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
  out.set(json, 8);
  return out;
}

describe('reading safetensors', () => {
  it('gives back what was written as F32, whatever the names and shapes', () => {
    fc.assert(
      fc.property(file, (tensors) => {
        const written = new Map(Object.entries(tensors));
        expect(readSafetensors(writeSafetensors(written, 'F32'))).toEqual(written);
      }),
    );
  });

  it('reads at any offset of a larger buffer, and from a Buffer of Node', () => {
    const tensors = new Map([['a', { shape: [3], data: Float32Array.of(1, 2, 3) }]]);
    const bytes = writeSafetensors(tensors, 'F16');
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    for (const given of [shifted.subarray(3), Buffer.from(bytes), bytes.slice().buffer]) {
      const read = readSafetensors(given).get('a');
      expect([read?.shape, read?.data, read?.halves]).toEqual([
        [3],
        tensors.get('a')?.data,
        Uint16Array.of(0x3c00, 0x4000, 0x4200),
      ]);
    }
  });

  it('passes over metadata', () => {
    expect(readSafetensors(withHeader({ __metadata__: { format: 'pt' } }, 0))).toEqual(new Map());
  });

  it('reads the metadata by itself, and refuses what is not text', () => {
    expect(readSafetensorsMetadata(withHeader({ __metadata__: { format: 'pt' } }, 0))).toEqual(
      new Map([['format', 'pt']]),
    );
    expect(readSafetensorsMetadata(withHeader({}, 0))).toEqual(new Map());
    expect(() => readSafetensorsMetadata(withHeader({ __metadata__: { a: 1 } }, 0))).toThrow(WeightsFormatError);
  });

  it('refuses every file that is cut short', () => {
    const bytes = writeSafetensors(new Map([['a', { shape: [2, 2], data: new Float32Array(4) }]]), 'F32');
    for (let length = 0; length < bytes.length; length++)
      expect(faultOf(bytes.slice(0, length)).fault).toBe('truncated');
  });

  it('never does anything but read or refuse, whatever byte is changed', () => {
    const bytes = writeSafetensors(
      new Map([
        ['a', { shape: [2], data: new Float32Array(2) }],
        ['b', { shape: [], data: new Float32Array(1) }],
      ]),
      'F16',
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const damaged = bytes.slice();
        damaged[at] = value;
        try {
          for (const { shape, data } of readSafetensors(damaged).values())
            expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(WeightsFormatError);
        }
      }),
      { numRuns: 400 },
    );
  });

  const f32 = (shape: number[], from: number, to: number) => ({ dtype: 'F32', shape, data_offsets: [from, to] });
  it.each([
    ['header', 'not JSON', withHeader('{"a":', 0)],
    ['header', 'not an object', withHeader([1], 0)],
    ['header', 'describes "a" wrongly', withHeader({ a: { dtype: 'F32' } }, 0)],
    ['header', 'describes "a" wrongly', withHeader({ a: f32([-1], 0, 4) }, 4)],
    ['header', 'not a safetensors file', new TextEncoder().encode('PK\u0003\u0004 is a zip archive')],
    ['offsets', 'has 8 bytes', withHeader({ a: f32([1], 0, 8) }, 8)],
    ['offsets', 'expected to start at 4', withHeader({ a: f32([1], 0, 4), b: f32([1], 2, 6) }, 8)],
    ['offsets', 'expected to start at 4', withHeader({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12)],
    ['unsupported-dtype', 'BF16', withHeader({ a: { dtype: 'BF16', shape: [1], data_offsets: [0, 2] } }, 2)],
  ] as const)('says %s: %s', (fault, message, bytes) => {
    const error = faultOf(bytes);
    expect(error.fault).toBe(fault);
    expect(error.message).toContain(message);
    expect(error.message).toContain('file.safetensors');
  });
});

describe('half precision', () => {
  it('decodes the values that everyone knows', () => {
    const known: [number, number][] = [
      [0x0000, 0],
      [0x3c00, 1],
      [0xc000, -2],
      [0x7bff, 65504],
      [0x0400, 2 ** -14],
      [0x0001, 2 ** -24],
      [0x3555, 0.333251953125],
      [0x7c00, Number.POSITIVE_INFINITY],
      [0xfc00, Number.NEGATIVE_INFINITY],
    ];
    expect([...decodeHalf(Uint16Array.from(known, ([bits]) => bits))]).toEqual(known.map(([, value]) => value));
    expect(decodeHalf(Uint16Array.of(0x8000))[0]).toBe(-0);
    expect(decodeHalf(Uint16Array.of(0x7e00))[0]).toBeNaN();
  });

  it('gives back all 65,536 patterns through the writer, NaN apart', () => {
    const patterns = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);
    const wrong = [...decodeHalf(patterns).entries()].filter(
      ([bits, value]) => !Number.isNaN(value) && encodeHalf(value) !== bits,
    );
    expect(wrong).toEqual([]);
  });

  it('is within half a unit in the last place of what was written', () => {
    fc.assert(
      fc.property(fc.float({ min: -60000, max: 60000, noNaN: true }), (value) => {
        const [read = Number.NaN] = decodeHalf(Uint16Array.of(encodeHalf(value)));
        expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25));
      }),
    );
  });
});
