/** RLE Lossless (PS3.5 annex G): byte planes, most significant first, each PackBits-coded. */

import { CorruptDicomError, TruncatedDicomError } from './errors';

/** @returns one cell a pixel @throws CorruptDicomError, TruncatedDicomError */
export function decodeRle(
  stream: Uint8Array,
  count: number,
  bitsAllocated: 8 | 16,
  name: string,
): Uint8Array | Uint16Array {
  if (stream.length < 64) throw new TruncatedDicomError(name);
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const segments = view.getUint32(0, true);
  const planes = bitsAllocated / 8;
  if (segments !== planes)
    throw new CorruptDicomError(name, `its RLE data has ${segments} byte planes where ${planes} are needed`);
  const plane = (index: number): Uint8Array => {
    const from = view.getUint32(4 + 4 * index, true);
    const to = index + 1 < segments ? view.getUint32(8 + 4 * index, true) : stream.length;
    if (from < 64 || from > to || to > stream.length)
      throw new CorruptDicomError(name, 'its RLE offsets are not possible');
    return unpackBits(stream.subarray(from, to), count, name);
  };
  const high = plane(0);
  if (planes === 1) return high;
  const low = plane(1);
  const cells = new Uint16Array(count);
  for (let i = 0; i < count; i++) cells[i] = ((high[i] as number) << 8) | (low[i] as number);
  return cells;
}

/** G.3.2: n in 0..127 copies n+1 bytes, n in 129..255 repeats one byte 257-n times, 128 does nothing. */
function unpackBits(coded: Uint8Array, count: number, name: string): Uint8Array {
  const out = new Uint8Array(count);
  let at = 0;
  let filled = 0;
  while (filled < count) {
    const n = coded[at++];
    if (n === undefined) throw new TruncatedDicomError(name);
    if (n === 128) continue;
    const length = Math.min(n < 128 ? n + 1 : 257 - n, count - filled);
    if (n < 128) {
      if (at + length > coded.length) throw new TruncatedDicomError(name);
      out.set(coded.subarray(at, at + length), filled);
      at += n + 1;
    } else {
      const value = coded[at++];
      if (value === undefined) throw new TruncatedDicomError(name);
      out.fill(value, filled, filled + length);
    }
    filled += length;
  }
  return out;
}
