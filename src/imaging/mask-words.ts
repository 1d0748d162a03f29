/** Questions about all of a mask, asked of four pixels at a time: byte by byte, ten million of them would be felt. */

/** Four pixels of 255. */
const FULL = -1;

interface Words {
  readonly words: Int32Array;
  /** Bytes that the words hold; those after are less than a word. */
  readonly bytes: number;
}

/** None where the bytes do not begin at a word. */
function wordsOf(data: Uint8Array): Words {
  const length = data.byteOffset % 4 === 0 ? data.length >> 2 : 0;
  return {
    words: length === 0 ? new Int32Array() : new Int32Array(data.buffer, data.byteOffset, length),
    bytes: 4 * length,
  };
}

export function isAllZero(data: Uint8Array): boolean {
  const { words, bytes } = wordsOf(data);
  for (let i = 0; i < words.length; i++) if (words[i] !== 0) return false;
  for (let i = bytes; i < data.length; i++) if (data[i] !== 0) return false;
  return true;
}

export function countNonZero(data: Uint8Array): number {
  const { words, bytes } = wordsOf(data);
  let count = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    if (word === 0) continue;
    if (word === FULL) count += 4;
    else
      count +=
        ((word & 0xff) === 0 ? 0 : 1) +
        ((word & 0xff00) === 0 ? 0 : 1) +
        ((word & 0xff0000) === 0 ? 0 : 1) +
        (word >>> 24 === 0 ? 0 : 1);
  }
  for (let i = bytes; i < data.length; i++) if (data[i] !== 0) count++;
  return count;
}

/** Whether two arrays of one length differ anywhere from one index up to, without, another. */
export function differBetween(a: Uint8Array, b: Uint8Array, from: number, to: number): boolean {
  const first = wordsOf(a);
  const second = wordsOf(b);
  const bytes = Math.min(first.bytes, second.bytes);
  const begin = Math.min(to, (from + 3) & ~3);
  const end = Math.max(begin, Math.min(bytes, to) & ~3);
  for (let i = from; i < begin; i++) if (a[i] !== b[i]) return true;
  for (let i = begin >> 2; i < end >> 2; i++) if (first.words[i] !== second.words[i]) return true;
  for (let i = end; i < to; i++) if (a[i] !== b[i]) return true;
  return false;
}
