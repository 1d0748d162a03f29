/** IEEE 754 binary16 <-> float32. Decoding goes through a table of all 65,536 values, built once when first needed. */

import type { Tensor } from './tensor';

let table: Float32Array | undefined;

function decodeOne(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Each uint16 is one binary16. Exact: every half is a float32. */
export function decodeHalf(halves: Uint16Array): Float32Array {
  table ??= Float32Array.from({ length: 0x10000 }, (_, bits) => decodeOne(bits));
  const out = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) out[i] = table[halves[i] as number] as number; // in range by the loop and the type
  return out;
}

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The bits of the half that is nearest to a float32, ties to even; beyond the largest half, infinity. */
export function encodeHalf(value: number): number {
  float[0] = value;
  const bits = word[0] as number; // one element
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const fraction = bits & 0x7fffff;
  if (exponent === 0x8f) return sign | 0x7c00 | (fraction ? 0x200 : 0);
  if (exponent <= 0) {
    if (exponent < -10) return sign;
    // A subnormal half counts in units of 2^-24.
    return sign | roundShift(fraction | 0x800000, 14 - exponent);
  }
  // A carry out of the fraction raises the exponent, up to infinity, as it should.
  const rounded = (exponent << 10) + roundShift(fraction, 13);
  return sign | Math.min(rounded, 0x7c00);
}

function roundShift(value: number, shift: number): number {
  const half = 2 ** (shift - 1);
  const rest = value % 2 ** shift;
  const floor = Math.floor(value / 2 ** shift);
  return rest > half || (rest === half && floor % 2 === 1) ? floor + 1 : floor;
}

export function encodeHalves(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, encodeHalf);
}

/** A tensor as a file gives it; float32 from when it is first asked for. */
export class HalfTensor implements Tensor {
  #data: Float32Array | undefined;

  constructor(
    readonly shape: readonly number[],
    readonly halves: Uint16Array,
  ) {}

  get data(): Float32Array {
    return (this.#data ??= decodeHalf(this.halves));
  }
}

/** True where halves hold every value without loss. */
export function isExactInHalf(values: Float32Array): boolean {
  const decoded = decodeHalf(encodeHalves(values));
  return values.every((value, i) => value === decoded[i]);
}
