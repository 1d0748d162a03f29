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

/** The first word that is not 0, or the end. */
function zerosUpTo(words: Int32Array, from: number, end: number): number {
  let i = from;
  for (; i + 4 <= end; i += 4)
    if (((words[i] as number) | (words[i + 1] as number) | (words[i + 2] as number) | (words[i + 3] as number)) !== 0)
      break;
  while (i < end && words[i] === 0) i++;
  return i;
}

export function isAllZero(data: Uint8Array): boolean {
  const { words, bytes } = wordsOf(data);
  if (zerosUpTo(words, 0, words.length) < words.length) return false;
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

/** Where values lie, told a word at a time. From one index up to, not including, another. */
export interface Finder {
  /** The first that is not 0; the end where there is none. */
  readonly first: (from: number, to: number) => number;
  /** The last that is not 0; `from - 1` where there is none. */
  readonly last: (from: number, to: number) => number;
  /** The first that is not 255; the end where there is none. */
  readonly notFull: (from: number, to: number) => number;
}

export function finderIn(data: Uint8Array): Finder {
  const { words, bytes } = wordsOf(data);
  return {
    first(from, to) {
      let i = from;
      for (; i < to && (i & 3) !== 0; i++) if (data[i] !== 0) return i;
      const end = Math.min(bytes, to) >> 2;
      const word = zerosUpTo(words, i >> 2, end);
      for (i = Math.max(i, word << 2); i < to; i++) if (data[i] !== 0) return i;
      return to;
    },
    last(from, to) {
      let i = to;
      const end = Math.min(bytes, to) & ~3;
      while (i > Math.max(from, end)) if (data[--i] !== 0) return i;
      let word = i >> 2;
      const begin = (from + 3) >> 2;
      for (; word - 4 >= begin; word -= 4)
        if (
          ((words[word - 1] as number) |
            (words[word - 2] as number) |
            (words[word - 3] as number) |
            (words[word - 4] as number)) !==
          0
        )
          break;
      while (word > begin && words[word - 1] === 0) word--;
      i = Math.min(i, word << 2);
      while (i > from) if (data[--i] !== 0) return i;
      return from - 1;
    },
    notFull(from, to) {
      let i = from;
      for (; i < to && (i & 3) !== 0; i++) if (data[i] !== 255) return i;
      const end = Math.min(bytes, to) >> 2;
      let word = i >> 2;
      for (; word + 4 <= end; word += 4)
        if (
          ((words[word] as number) &
            (words[word + 1] as number) &
            (words[word + 2] as number) &
            (words[word + 3] as number)) !==
          FULL
        )
          break;
      while (word < end && words[word] === FULL) word++;
      for (i = Math.max(i, word << 2); i < to; i++) if (data[i] !== 255) return i;
      return to;
    },
  };
}
