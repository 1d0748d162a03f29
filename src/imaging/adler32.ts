/** The checksum of zlib streams (RFC 1950, 8.2). */

const BASE = 65521;
/** Bytes after which the sums still fit 31 bits. */
const STRETCH = 3800;

/** Adler-32 of all the bytes, unsigned. */
export function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let from = 0; from < bytes.length; from += STRETCH) {
    const to = Math.min(bytes.length, from + STRETCH);
    for (let at = from; at < to; at++) {
      a += bytes[at] as number;
      b += a;
    }
    a %= BASE;
    b %= BASE;
  }
  return ((b << 16) | a) >>> 0;
}
