/** Strips and tiles of a TIFF unpacked: each to as many bytes as the picture has room for, whatever its data unfolds to. */

import { unfold } from '../inflate';

export interface Unpacked {
  readonly bytes: Uint8Array;
  /** How many bytes came out of the data, with those that were not asked for: deflate is unfolded in steps. */
  readonly unfolded: number;
  /** The bytes are the file's own. */
  readonly shared: boolean;
}

type Unpack = (packed: Uint8Array, length: number) => Unpacked;

const own =
  (unpack: (packed: Uint8Array, length: number) => Uint8Array): Unpack =>
  (packed, length) => {
    const bytes = unpack(packed, length);
    return { bytes, unfolded: bytes.length, shared: false };
  };

/** A zlib header of two bytes comes before the data. */
const unzip: Unpack = (packed, length) => {
  const out = unfold(packed.subarray(2), length).out;
  return { bytes: out.subarray(0, length), unfolded: out.length, shared: false };
};

/** By the number that a TIFF names them with (TIFF 6.0, sections 9, 10 and 13; Adobe Photoshop TIFF Technical Notes for 8). */
export const UNPACK: Readonly<Record<number, Unpack>> = {
  1: (packed, length) => ({ bytes: packed.subarray(0, length), unfolded: 0, shared: true }),
  5: own(unpackLzw),
  8: unzip,
  32946: unzip,
  32773: own(unpackBits),
};

/** PackBits: a byte n below 128 goes before n + 1 bytes as they are, one above before a byte that is repeated 257 - n times. */
export function unpackBits(packed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let to = 0;
  for (let at = 0; at < packed.length && to < length;) {
    const n = packed[at++] as number;
    if (n < 128) {
      const run = packed.subarray(at, at + Math.min(n + 1, length - to));
      out.set(run, to);
      to += run.length;
      at += n + 1;
    } else if (n > 128 && at < packed.length) {
      const end = Math.min(length, to + 257 - n);
      out.fill(packed[at++] as number, to, end);
      to = end;
    }
  }
  return out.subarray(0, to);
}

const CLEAR = 256;
const END = 257;
const MAX_CODES = 4096;

/**
 * LZW as TIFF has it: codes of 9 to 12 bits, the highest bit first, longer by one bit a code earlier than needed.
 * @throws Error when a code stands for nothing yet
 */
export function unpackLzw(packed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  const prefix = new Uint16Array(MAX_CODES);
  const last = new Uint8Array(MAX_CODES);
  const first = new Uint8Array(MAX_CODES);
  const lengths = new Uint16Array(MAX_CODES);
  for (let code = 0; code < 256; code++) {
    last[code] = first[code] = code;
    lengths[code] = 1;
  }
  let [to, at, buffer, bits, width, next, before] = [0, 0, 0, 0, 9, END + 1, -1];
  while (to < length) {
    while (bits < width) {
      if (at >= packed.length) return out.subarray(0, to);
      buffer = ((buffer << 8) | (packed[at++] as number)) & 0xffffff;
      bits += 8;
    }
    const code = (buffer >> (bits - width)) & ((1 << width) - 1);
    bits -= width;
    if (code === END) break;
    if (code === CLEAR) {
      [width, next, before] = [9, END + 1, -1];
      continue;
    }
    if (code > (before < 0 ? 255 : next)) throw new Error(`code ${String(code)} stands for nothing`);
    if (before >= 0 && next < MAX_CODES) {
      prefix[next] = before;
      first[next] = first[before] as number;
      // The new string may be the very one that is asked for: then it ends as it begins.
      last[next] = first[code === next ? before : code] as number;
      lengths[next] = (lengths[before] as number) + 1;
      next++;
    }
    const end = to + (lengths[code] as number);
    for (let write = end - 1, string = code; write >= to; write--) {
      // Beyond the end typed arrays drop what is written.
      out[write] = last[string] as number;
      string = prefix[string] as number;
    }
    to = Math.min(end, length);
    before = code;
    if (next >= (1 << width) - 1 && width < 12) width++;
  }
  return out.subarray(0, to);
}
