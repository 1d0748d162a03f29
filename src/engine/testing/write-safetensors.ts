/** A small safetensors writer for tests: F32, or F16 by rounding to nearest even. */

import type { Tensor } from '../tensor';

export type Dtype = 'F16' | 'F32';

/** float32 -> binary16 bits, ties to even. */
export function encodeHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -24)));
  const step = 2 ** (exponent - 10);
  const units = size / step;
  const floor = Math.floor(units);
  const rounded = units - floor > 0.5 || (units - floor === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
  return sign | (rounded + (exponent + 14) * 1024);
}

export function writeSafetensors(tensors: ReadonlyMap<string, Tensor>, dtype: Dtype): Uint8Array {
  const header: Record<string, { dtype: Dtype; shape: readonly number[]; data_offsets: [number, number] }> = {};
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    const values = dtype === 'F32' ? data.slice() : Uint16Array.from(data, encodeHalf);
    parts.push(new Uint8Array(values.buffer));
    header[name] = { dtype, shape, data_offsets: [end, (end += values.byteLength)] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const out = new Uint8Array(8 + json.length + end);
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
  out.set(json, 8);
  let at = 8 + json.length;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
