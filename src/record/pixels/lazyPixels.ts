/** An array of pixels that may be in storage only. It is the same object in every state, whether its pixels are at hand or not. */

import type { PixelArray } from '../project/patch';
import { pixelMemory, type Evictable } from './pixelMemory';

/** Where pixels are read from when they are not at hand. @throws whatever the storage throws; PixelsGoneError */
export type ReadPixels<Pixels extends PixelArray> = () => Promise<Pixels>;

/** Storage does not have them any more, or has others in their place. */
export class PixelsGoneError extends Error {}

export class LazyPixels<Pixels extends PixelArray = PixelArray> implements Evictable {
  readonly length: number;
  readonly byteLength: number;
  #pixels: Pixels | undefined;
  #read: ReadPixels<Pixels> | undefined;
  #loading: Promise<Pixels> | undefined;

  private constructor(length: number, byteLength: number) {
    this.length = length;
    this.byteLength = byteLength;
  }

  /** Pixels that are nowhere else yet. */
  static of<Pixels extends PixelArray>(pixels: Pixels): LazyPixels<Pixels> {
    const lazy = new LazyPixels<Pixels>(pixels.length, pixels.byteLength);
    lazy.#pixels = pixels;
    return lazy;
  }

  /** Pixels that are read when they are first needed. */
  static stored<Pixels extends PixelArray>(
    { length, byteLength }: { readonly length: number; readonly byteLength: number },
    read: ReadPixels<Pixels>,
  ): LazyPixels<Pixels> {
    const lazy = new LazyPixels<Pixels>(length, byteLength);
    lazy.#read = read;
    return lazy;
  }

  /** What is at hand, without waiting. */
  now(): Pixels | undefined {
    if (this.#pixels !== undefined && this.#read !== undefined) pixelMemory.use(this);
    return this.#pixels;
  }

  /** As `now`, and no use of it: what is only written down need not stay at hand. */
  peek(): Pixels | undefined {
    return this.#pixels;
  }

  load(): Promise<Pixels> {
    const pixels = this.now();
    if (pixels !== undefined) return Promise.resolve(pixels);
    this.#loading ??= this.#fetch().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #fetch(): Promise<Pixels> {
    const pixels = await this.#read?.();
    if (pixels?.length !== this.length) throw new PixelsGoneError('the stored pixels are of another size');
    this.#pixels = pixels;
    pixelMemory.use(this);
    return pixels;
  }

  /** They are stored by now, so they need not stay at hand. */
  keptBy(read: ReadPixels<Pixels>): void {
    this.#read = read;
    if (this.#pixels !== undefined) pixelMemory.use(this);
  }

  evict(): void {
    if (this.#read !== undefined) this.#pixels = undefined;
  }
}
