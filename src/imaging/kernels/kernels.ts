/** Loops over a film's pixels in WebAssembly; both these and the loops in TypeScript that they stand for give the same bits. */

import { kernelBytes, type KernelExports } from './module';
import { ACROSS, BLURRED, CHANGE, LINE, LONGEST, NUMBERS, PAGES, PATCH, PIXELS, REACH, SLOTS, WEIGHTS } from './layout';

type Four = readonly [number, number, number, number];

/** From where to where something rises. */
type Rise = readonly [from: number, to: number];

/** Whose rows a slot holds, and which. */
interface Held {
  owner: object | undefined;
  band: number;
}

export class Kernels {
  readonly #exports: KernelExports;
  readonly #numbers: Float64Array;
  readonly #floats: Float32Array;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  readonly #unsigned: Uint16Array;
  readonly #signed: Int16Array;
  readonly #held: readonly Held[] = SLOTS.map(() => ({ owner: undefined, band: 0 }));
  #last = 0;

  constructor() {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    const module = new WebAssembly.Module(kernelBytes());
    const instance = new WebAssembly.Instance(module, { environment: { memory } });
    this.#exports = instance.exports as unknown as KernelExports; // what kernelBytes writes
    const { buffer } = memory;
    this.#numbers = new Float64Array(buffer);
    this.#floats = new Float32Array(buffer);
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#unsigned = new Uint16Array(buffer);
    this.#signed = new Int16Array(buffer);
  }

  /** Whether a row of so many pixels has room. */
  hasRoomForRow(width: number): boolean {
    return width <= LONGEST;
  }

  /** Whether a patch has, blurred by so many weights from the middle outward. */
  hasRoomForPatch(width: number, height: number, weights: number): boolean {
    return Math.max(width, height) <= PATCH && weights <= REACH + 1;
  }

  /**
   * Columns of the sum of four rows, rounded to floats after each. Rows are brought over once for calls of the same owner and band.
   * @param rows where each begins in `from`, @param weights four, from index `at` on
   * @returns as long as the longest row; overwritten by the owner's next
   */
  fourRows(
    owner: object,
    band: number,
    from: Float32Array,
    rows: Four,
    width: number,
    weights: Float32Array,
    at: number,
    begin: number,
    end: number,
  ): Float32Array {
    const slot = this.#slotOf(owner, band, from, rows, width);
    const { rows: places, out } = SLOTS[slot] as (typeof SLOTS)[number];
    const [a, b, c, d] = places as unknown as Four; // a slot has four
    for (let t = 0; t < 4; t++) this.#numbers[NUMBERS / 8 + t] = weights[at + t] as number;
    this.#exports.cubic(out, a, b, c, d, NUMBERS, begin, end);
    return this.#floats.subarray(out / 4, out / 4 + width);
  }

  #slotOf(owner: object, band: number, from: Float32Array, rows: Four, width: number): number {
    const known = this.#held.findIndex((each) => each.owner === owner);
    const slot = known < 0 ? 1 - this.#last : known;
    this.#last = slot;
    const held = this.#held[slot] as Held;
    if (held.owner === owner && held.band === band) return slot;
    held.owner = owner;
    held.band = band;
    for (const [t, row] of rows.entries())
      this.#floats.set(from.subarray(row, row + width), (SLOTS[slot]?.rows[t] as number) / 4);
    return slot;
  }

  /**
   * Adds round(change · weight · scale) to stored values, held to a range; where that is 0 or not finite they keep their bits.
   * @param change, @param weights of as many as there are pixels, LONGEST at most
   * @returns how many pixels changed
   */
  addChange(
    pixels: Uint16Array | Int16Array,
    change: Float32Array,
    weights: Uint8Array,
    scale: number,
    least: number,
    greatest: number,
  ): number {
    const count = pixels.length;
    const numbers = NUMBERS / 8;
    this.#numbers[numbers] = scale;
    this.#numbers[numbers + 1] = least;
    this.#numbers[numbers + 2] = greatest;
    const from = this.#rowOf(change, CHANGE);
    this.#bytes.set(weights, WEIGHTS);
    // Beyond the row nothing changes, and nothing is counted.
    this.#bytes.fill(0, WEIGHTS + count, WEIGHTS + count + 4);
    const own = pixels instanceof Int16Array ? this.#signed : this.#unsigned;
    own.set(pixels, PIXELS / 2);
    const name = pixels instanceof Int16Array ? 'changeSigned' : 'change';
    this.#exports[name](from, WEIGHTS, PIXELS, count, NUMBERS);
    pixels.set(own.subarray(PIXELS / 2, PIXELS / 2 + count));
    const at = NUMBERS / 4 + 6;
    const [a, b, c, d] = this.#words.subarray(at, at + 4) as unknown as Four; // it has four
    return a + b + c + d;
  }

  /**
   * Bytes of a soft mask's row: 255 times how far a map has risen by a smoothstep, and another where there is one.
   * @param map, @param second rows of the enlarger, of which `from` up to `to` are read
   */
  fade(
    row: Uint8Array,
    map: Float32Array,
    rise: Rise,
    from: number,
    to: number,
    second?: { readonly map: Float32Array; readonly rise: Rise },
  ): void {
    const begin = NUMBERS / 8;
    for (const [i, [low, high]] of [rise, second?.rise ?? rise].entries()) {
      this.#numbers[begin + 2 * i] = low;
      this.#numbers[begin + 2 * i + 1] = high - low;
    }
    const first = this.#rowOf(map, CHANGE);
    if (second === undefined) this.#exports.fade(WEIGHTS, first, from, to, NUMBERS);
    else this.#exports.fadeTwice(WEIGHTS, first, from, to, NUMBERS, this.#rowOf(second.map, BLURRED));
    row.set(this.#bytes.subarray(WEIGHTS + from, WEIGHTS + to), from);
  }

  /** Where a row lies in the kernels' memory; brought there where it does not. */
  #rowOf(row: Float32Array, place: number): number {
    if (row.buffer === this.#floats.buffer) return row.byteOffset;
    this.#floats.set(row, place / 4);
    return place;
  }

  /** As the seeded noise of random.ts. @param key two words */
  noise(key: readonly [number, number], step: number, draw: number, stream: number, length: number): Float32Array {
    const out = new Float32Array(length);
    for (let from = 0; from < length; from += LONGEST) {
      const count = Math.min(LONGEST, length - from);
      this.#exports.noise(CHANGE, Math.ceil(count / 4), from / 4, ...key, step, draw, stream);
      out.set(this.#floats.subarray(CHANGE / 4, CHANGE / 4 + count), from);
    }
    return out;
  }

  /** As the separable blur of patch.ts. @param weights from the middle outward, REACH + 1 at most */
  blur(data: Float32Array, width: number, height: number, weights: Float64Array): Float32Array {
    const reach = weights.length - 1;
    this.#numbers.set(weights, NUMBERS / 8);
    const [line, across] = [LINE / 8, ACROSS / 4];
    for (let y = 0; y < height; y++) {
      const row = y * width;
      this.#numbers.fill(data[row] as number, line, line + reach);
      for (let x = 0; x < width; x++) this.#numbers[line + reach + x] = data[row + x] as number;
      const end = line + reach + width;
      this.#numbers.fill(data[row + width - 1] as number, end, end + reach);
      this.#exports.across(LINE, ACROSS + 4 * (reach + y) * width, width, NUMBERS, reach);
    }
    const [first, last] = [across + reach * width, across + (reach + height - 1) * width];
    for (let k = 0; k < reach; k++) {
      this.#floats.copyWithin(across + k * width, first, first + width);
      this.#floats.copyWithin(last + (k + 1) * width, last, last + width);
    }
    for (let y = 0; y < height; y++)
      this.#exports.down(ACROSS + 4 * y * width, BLURRED + 4 * y * width, width, NUMBERS, reach, 4 * width);
    return this.#floats.slice(BLURRED / 4, BLURRED / 4 + width * height);
  }
}

/** Null where WebAssembly or its vectors are not to be had. */
export function makeKernels(): Kernels | null {
  if (typeof WebAssembly === 'undefined') return null;
  try {
    return new Kernels();
  } catch {
    return null;
  }
}
