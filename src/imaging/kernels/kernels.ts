/** Loops over a film's pixels in WebAssembly; both these and the loops in TypeScript that they stand for give the same bits. */

import { kernelBytes, type KernelExports } from './module';
import { ACROSS, BLURRED, CHANGE, LINE, LONGEST, NUMBERS, PAGES, PATCH, PIXELS, REACH, SLOTS, WEIGHTS } from './layout';

type Four = readonly [number, number, number, number];

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
    const isHere = change.buffer === this.#floats.buffer;
    if (!isHere) this.#floats.set(change, CHANGE / 4);
    this.#bytes.set(weights, WEIGHTS);
    // Beyond the row nothing changes, and nothing is counted.
    this.#bytes.fill(0, WEIGHTS + count, WEIGHTS + count + 4);
    const own = pixels instanceof Int16Array ? this.#signed : this.#unsigned;
    own.set(pixels, PIXELS / 2);
    const name = pixels instanceof Int16Array ? 'changeSigned' : 'change';
    this.#exports[name](isHere ? change.byteOffset : CHANGE, WEIGHTS, PIXELS, count, NUMBERS);
    pixels.set(own.subarray(PIXELS / 2, PIXELS / 2 + count));
    const at = NUMBERS / 4 + 6;
    const [a, b, c, d] = this.#words.subarray(at, at + 4) as unknown as Four; // it has four
    return a + b + c + d;
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
