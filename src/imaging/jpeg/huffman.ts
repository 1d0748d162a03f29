/** Entropy-coded bits and Huffman codes of JPEG (ITU-T T.81, annexes C and F.2.2). */

import { CorruptImageError, TruncatedImageError } from '../errors';

/** Bits of a scan, most significant first; byte stuffing removed, markers never crossed. */
export class BitReader {
  private buffer = 0;
  private count = 0;
  /** Zero bits appended after the data's end: to be looked at, never consumed. */
  private padding = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
    private readonly name: string,
  ) {}

  /** The next 16 bits without consuming them. */
  peek16(): number {
    if (this.count < 16) this.fill();
    return (this.buffer >>> (this.count - 16)) & 0xffff;
  }

  /** @throws TruncatedImageError, CorruptImageError when the data has no more bits */
  consume(bits: number): void {
    this.count -= bits;
    if (this.count < this.padding) throw this.ended();
  }

  /** An unsigned value of 0 to 16 bits. */
  receive(bits: number): number {
    if (bits === 0) return 0;
    const value = this.peek16() >>> (16 - bits);
    this.consume(bits);
    return value;
  }

  /** A signed value of the given magnitude category (T.81 F.2.2.1, EXTEND). */
  receiveExtended(category: number): number {
    const value = this.receive(category);
    return category > 0 && value < 2 ** (category - 1) ? value - 2 ** category + 1 : value;
  }

  /** Drops the rest of the byte and steps over the restart marker. @throws when there is none */
  restart(): void {
    this.buffer = this.count = this.padding = 0;
    while (this.bytes[this.at] === 0xff && this.bytes[this.at + 1] === 0xff) this.at++;
    const marker = this.bytes[this.at + 1];
    if (this.bytes[this.at] !== 0xff || marker === undefined || marker < 0xd0 || marker > 0xd7) throw this.ended();
    this.at += 2;
  }

  /** Where the data's unread bytes begin; call only after the scan's last bit was read. */
  get position(): number {
    return this.at;
  }

  private fill(): void {
    while (this.count <= 24) {
      const byte = this.bytes[this.at];
      const next = this.bytes[this.at + 1];
      if (byte === undefined || (byte === 0xff && next !== 0)) {
        this.buffer <<= 8;
        this.padding += 8;
      } else {
        this.buffer = (this.buffer << 8) | byte;
        this.at += byte === 0xff ? 2 : 1;
      }
      this.count += 8;
    }
  }

  private ended(): Error {
    return this.at + 1 >= this.bytes.length
      ? new TruncatedImageError(this.name, 'JPEG')
      : new CorruptImageError(this.name, 'JPEG', 'its compressed pixels end too early');
  }
}

const FAST_BITS = 9;

/** Decodes canonical Huffman codes: short ones by a table, longer ones by comparison. */
export class HuffmanTable {
  /** length << 8 | symbol for each prefix of FAST_BITS bits; 0 where the code is longer. */
  private readonly fast = new Uint16Array(1 << FAST_BITS);
  /** For each length the greatest code, -1 when there is none, and what to add to a code to index its symbol. */
  private readonly greatest = new Int32Array(17).fill(-1);
  private readonly offset = new Int32Array(17);

  /** @param counts codes of each length 1 to 16 @throws CorruptImageError when they cannot form a prefix code */
  constructor(
    counts: Uint8Array,
    private readonly symbols: Uint8Array,
    private readonly name: string,
  ) {
    let code = 0;
    let index = 0;
    for (let length = 1; length <= 16; length++) {
      const count = counts[length - 1] as number;
      if (code + count > 1 << length) throw new CorruptImageError(name, 'JPEG', 'a code table is not possible');
      this.offset[length] = index - code;
      for (let i = 0; i < count && length <= FAST_BITS; i++) {
        const from = (code + i) << (FAST_BITS - length);
        this.fast.fill((length << 8) | (symbols[index + i] as number), from, from + (1 << (FAST_BITS - length)));
      }
      index += count;
      code += count;
      if (count > 0) this.greatest[length] = code - 1;
      code <<= 1;
    }
  }

  decode(bits: BitReader): number {
    const next = bits.peek16();
    const entry = this.fast[next >>> (16 - FAST_BITS)] as number;
    if (entry !== 0) {
      bits.consume(entry >> 8);
      return entry & 255;
    }
    for (let length = FAST_BITS + 1; length <= 16; length++) {
      const code = next >>> (16 - length);
      if (code <= (this.greatest[length] as number)) {
        bits.consume(length);
        return this.symbols[code + (this.offset[length] as number)] as number;
      }
    }
    // Running out of data looks like an unknown code: let the reader say which it was.
    bits.consume(16);
    throw new CorruptImageError(this.name, 'JPEG', 'its compressed pixels hold an unknown code');
  }
}
