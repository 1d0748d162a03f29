/** Raw deflate (RFC 1951) with a ceiling, so that a small file cannot fill the memory. */

import { Inflate } from 'fflate';

/** @throws RangeError when more than `limit` bytes come out, Error when the data is damaged or incomplete */
export function inflateRaw(bytes: Uint8Array, limit: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate((part) => {
    length += part.length;
    if (length > limit) throw new RangeError(`More than ${limit} bytes after decompression.`);
    parts.push(part);
  });
  // In pieces, so that the ceiling is noticed before everything is inflated.
  const piece = 1 << 16;
  for (let at = 0; at < bytes.length || at === 0; at += piece) {
    inflate.push(bytes.subarray(at, at + piece), at + piece >= bytes.length);
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
