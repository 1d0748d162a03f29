/** Raw deflate (RFC 1951) with a ceiling, so that a small file cannot fill the memory. */

import { Inflate } from 'fflate';

import { joinedBytes } from './bytes';

/** Compressed bytes a step: what a step unfolds to is at most about a thousand times as much. Little that is asked for is had in small ones. */
const stepFor = (limit: number): number => Math.min(1 << 14, Math.max(1 << 10, limit >> 6));

/** @throws RangeError when more than `limit` bytes come out, Error when the data is damaged or incomplete */
export function inflateRaw(bytes: Uint8Array, limit: number): Uint8Array {
  const { out, whole } = unfold(bytes, limit);
  if (!whole) throw new RangeError(`More than ${limit} bytes after decompression.`);
  return out;
}

/** The first `limit` bytes that come out, or all if they are fewer. @throws Error when the data is damaged or incomplete */
export function inflateAtMost(bytes: Uint8Array, limit: number): Uint8Array {
  return unfold(bytes, limit).out.subarray(0, limit);
}

/** What comes out until it is all there or more than `limit`; nothing is unfolded after that. @throws Error as above */
export function unfold(bytes: Uint8Array, limit: number): { readonly out: Uint8Array; readonly whole: boolean } {
  const parts: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate((part) => {
    length += part.length;
    parts.push(part);
  });
  const step = stepFor(limit);
  for (let at = 0; (at < bytes.length || at === 0) && length <= limit; at += step) {
    inflate.push(bytes.subarray(at, at + step), at + step >= bytes.length);
  }
  return { out: joinedBytes(parts), whole: length <= limit };
}
