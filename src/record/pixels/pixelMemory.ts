/**
 * How many pixels of stored versions the page keeps at hand. What was used last stays; what was not goes back to being only in
 * storage, from where it is read again when it is looked at. Pixels that are nowhere else are not counted and never go.
 */

/** Fourteen results of 3000 x 3000 of 16 bits with their masks: what a user flips between without waiting. */
export const PIXEL_MEMORY_BYTES = 384 * 2 ** 20;

/** However large they are, the pixels of a comparison stay: two pictures, a third in the other pane, and a mask each. */
const AT_LEAST = 6;

export interface Evictable {
  readonly byteLength: number;
  /** Lets the pixels go. */
  evict(): void;
}

export class PixelMemory {
  #limit: number;
  /** Least recently used first: a Set keeps the order in which its members came. */
  readonly #held = new Set<Evictable>();
  #bytes = 0;

  constructor(limit = PIXEL_MEMORY_BYTES) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get limit(): number {
    return this.#limit;
  }

  set limit(bytes: number) {
    this.#limit = bytes;
    this.#makeRoom();
  }

  /** It was used now; it may be evicted from here on. */
  use(pixels: Evictable): void {
    if (this.#held.delete(pixels)) {
      this.#held.add(pixels);
      return;
    }
    this.#held.add(pixels);
    this.#bytes += pixels.byteLength;
    this.#makeRoom();
  }

  #makeRoom(): void {
    for (const oldest of this.#held) {
      if (this.#bytes <= this.#limit || this.#held.size <= AT_LEAST) return;
      this.#held.delete(oldest);
      this.#bytes -= oldest.byteLength;
      oldest.evict();
    }
  }
}

/** A page has one memory. */
export const pixelMemory = new PixelMemory();
