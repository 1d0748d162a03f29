/**
 * Deflate (RFC 1951) in a zlib wrapper (RFC 1950) for filtered samples of pictures: Huffman codes, and of repetitions only runs
 * of one byte, as zlib's Z_RLE strategy has it. Noise repeats nothing else, so a search for repetitions takes time and finds none.
 */

import { adler32 } from './adler32';
import { codesOf, lengthsOf } from './huffman-codes';

/** Tokens that share one code; a picture changes from place to place. */
const BLOCK = 1 << 16;
const [LEAST_RUN, LONGEST_RUN] = [3, 258];
const END = 256;
const LITERALS = 286;
/** In which the lengths of the code of code lengths stand (RFC 1951, 3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Symbol, extra bits and their value of a run, by its length (RFC 1951, 3.2.5). */
const RUNS = runTable();

function runTable() {
  const [symbol, bits, extra] = [new Uint16Array(259), new Uint8Array(259), new Uint8Array(259)];
  for (let code = 0, length = LEAST_RUN; code < 28; code++) {
    const more = code < 8 ? 0 : (code >> 2) - 1;
    for (let at = 0; at < 1 << more && length <= LONGEST_RUN; at++, length++) {
      symbol[length] = 257 + code;
      bits[length] = more;
      extra[length] = at;
    }
  }
  symbol[LONGEST_RUN] = 285;
  bits[LONGEST_RUN] = 0;
  extra[LONGEST_RUN] = 0;
  return { symbol, bits, extra };
}

/** The bytes as a zlib stream, which any inflater reads. The same bytes give the same stream everywhere. */
export function deflateRuns(bytes: Uint8Array): Uint8Array {
  const out = new BitWriter(bytes.length);
  out.bits(0x78, 8);
  // The check bits of a stream that was made in haste.
  out.bits(0x01, 8);
  const tokens = new Uint16Array(BLOCK);
  let at = 0;
  do at = writeBlock(bytes, at, tokens, out);
  while (at < bytes.length);
  return out.finish(adler32(bytes));
}

/** @returns where the next one begins */
function writeBlock(bytes: Uint8Array, from: number, tokens: Uint16Array, out: BitWriter): number {
  const counts = new Uint32Array(LITERALS);
  let [at, count] = [from, 0];
  // A token is a byte, or 256 and the length of a run of the byte before it.
  while (at < bytes.length && count < BLOCK) {
    const value = bytes[at] as number;
    if (at > 0 && bytes[at - 1] === value && bytes[at + 1] === value && bytes[at + 2] === value) {
      let length = LEAST_RUN;
      while (length < LONGEST_RUN && bytes[at + length] === value) length++;
      tokens[count++] = END + length;
      (counts[RUNS.symbol[length] as number] as number)++;
      at += length;
    } else {
      tokens[count++] = value;
      (counts[value] as number)++;
      at++;
    }
  }
  counts[END] = 1;
  const lengths = lengthsOf(counts, 15);
  const codes = codesOf(lengths);
  out.bits(at >= bytes.length ? 1 : 0, 1);
  out.bits(2, 2);
  writeLengths(lengths, out);
  out.tokens(tokens.subarray(0, count), codes, lengths);
  out.bits(codes[END] as number, lengths[END] as number);
  return at;
}

/** The code of a block: how long each symbol's is, one by one, by a code of its own; runs of them would save 50 bytes a block. */
function writeLengths(lengths: Uint8Array, out: BitWriter): void {
  // The literals', then that of the one distance.
  const all = [...lengths, 1];
  const counts = new Uint32Array(19);
  for (const length of all) counts[length] = (counts[length] as number) + 1;
  const own = lengthsOf(counts, 7);
  const codes = codesOf(own);
  out.bits(LITERALS - 257, 5);
  out.bits(0, 5);
  out.bits(ORDER.length - 4, 4);
  for (const symbol of ORDER) out.bits(own[symbol] as number, 3);
  for (const length of all) out.bits(codes[length] as number, own[length] as number);
}

/** Bits from the lowest of a byte on. */
class BitWriter {
  #bytes: Uint8Array;
  #length = 0;
  #held = 0;
  #count = 0;

  constructor(expected: number) {
    this.#bytes = new Uint8Array(expected + (expected >> 3) + 1024);
  }

  /** @param count 16 at the most */
  bits(value: number, count: number): void {
    this.#held |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#bytes[this.#length++] = this.#held;
      this.#held >>>= 8;
      this.#count -= 8;
    }
  }

  /** The inner loop of a picture: as `bits` of each, with what it counts at hand. */
  tokens(tokens: Uint16Array, codes: Uint16Array, lengths: Uint8Array): void {
    const bytes = this.#bytes;
    let [at, held, count] = [this.#length, this.#held, this.#count];
    for (let token = 0; token < tokens.length; token++) {
      const value = tokens[token] as number;
      const run = value - END;
      const symbol = run > 0 ? (RUNS.symbol[run] as number) : value;
      held |= (codes[symbol] as number) << count;
      count += lengths[symbol] as number;
      if (count >= 16) {
        bytes[at++] = held;
        bytes[at++] = held >>> 8;
        held >>>= 16;
        count -= 16;
      }
      if (run <= 0) continue;
      held |= (RUNS.extra[run] as number) << count;
      // The only distance, 1, has a code of one bit, which is 0.
      count += (RUNS.bits[run] as number) + 1;
      if (count >= 16) {
        bytes[at++] = held;
        bytes[at++] = held >>> 8;
        held >>>= 16;
        count -= 16;
      }
    }
    [this.#length, this.#held, this.#count] = [at, held, count];
    this.bits(0, 0);
  }

  finish(checksum: number): Uint8Array {
    this.bits(0, (8 - this.#count) % 8);
    for (let shift = 24; shift >= 0; shift -= 8) this.bits((checksum >>> shift) & 255, 8);
    return this.#bytes.slice(0, this.#length);
  }
}
