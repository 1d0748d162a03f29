/**
 * Stored pixels at native size, half, quarter, … each the area average of the one before. The canvas renderer walks every
 * pixel of its image whenever the window changes; given the level that matches the screen it walks a screenful.
 */

import type { Radiograph, StoredPixels } from '../../imaging/radiograph';
import { atOnce, type Sliced } from '../../imaging/slices';

export interface PyramidLevel {
  /** Native pixels a level pixel, along each axis: a power of two. */
  readonly factor: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: StoredPixels;
}

export interface Pyramid {
  readonly depth: number;
  /** Level 0 is the image itself; the others are made when first asked for. */
  level(index: number): PyramidLevel;
  /** Makes all levels. */
  make(): Sliced<undefined>;
}

/** A level is not made smaller than this. */
const LEAST_SIDE = 64;
/** Rows, or pixels, between two chances to interrupt. */
const ROWS = 32;
const PIXELS = 1 << 17;

/** What the renderer asks of a radiograph's pixels. */
export interface PreparedPixels {
  readonly pyramid: Pyramid;
  /** Least and greatest stored value. */
  readonly range: readonly [number, number];
}

const known = new WeakMap<StoredPixels, PreparedPixels>();

/** Made once for an array of pixels, which never changes; what is not made ahead is made when first asked for. */
export function preparedPixels(radiograph: Radiograph): PreparedPixels {
  return known.get(radiograph.pixels) ?? atOnce(preparePixels(radiograph, false));
}

/** Makes ahead, in slices, what would else be made when the radiograph is first drawn. */
export function* preparePixels({ width, height, pixels }: Radiograph, levels = true): Sliced<PreparedPixels> {
  const before = known.get(pixels);
  const prepared = before ?? { pyramid: createPyramid(width, height, pixels), range: yield* extremes(pixels) };
  known.set(pixels, prepared);
  if (levels) yield* prepared.pyramid.make();
  return prepared;
}

function* extremes(pixels: StoredPixels): Sliced<readonly [number, number]> {
  let least = Infinity;
  let greatest = -Infinity;
  for (let from = 0; from < pixels.length; from += PIXELS) {
    yield;
    const to = Math.min(pixels.length, from + PIXELS);
    for (let index = from; index < to; index++) {
      const value = pixels[index] as number;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  return [least, greatest];
}

export function createPyramid(width: number, height: number, pixels: StoredPixels): Pyramid {
  const levels: PyramidLevel[] = [{ factor: 1, width, height, pixels }];
  const shortest = Math.min(width, height);
  const depth = 1 + Math.max(0, Math.floor(Math.log2(Math.max(1, shortest / LEAST_SIDE))));
  function* upTo(wanted: number): Sliced<PyramidLevel> {
    while (levels.length <= wanted) {
      const made: number = levels.length;
      const level = yield* halve(levels[made - 1] as PyramidLevel);
      // Another caller may have been quicker between two slices.
      if (levels.length === made) levels.push(level);
    }
    return levels[wanted] as PyramidLevel;
  }
  return {
    depth,
    level: (index) => atOnce(upTo(Math.min(depth - 1, Math.max(0, index)))),
    *make() {
      yield* upTo(depth - 1);
      return undefined;
    },
  };
}

/**
 * The coarsest level that still has a pixel for every device pixel, made coarser until `size` (native pixels) has no more
 * than `budget` pixels on it. `devicePixels` is how many device pixels a native pixel covers.
 */
export function levelFor(
  size: { readonly width: number; readonly height: number },
  depth: number,
  devicePixels: number,
  budget: number,
): number {
  let index = Math.max(0, Math.floor(-Math.log2(devicePixels) + 1e-6));
  while (index < depth - 1 && (size.width * size.height) / 4 ** index > budget) index++;
  return Math.min(depth - 1, index);
}

/** Means of 2 × 2 blocks, rounded; a last odd row or column is averaged with itself. */
function* halve(level: PyramidLevel): Sliced<PyramidLevel> {
  const width = Math.ceil(level.width / 2);
  const height = Math.ceil(level.height / 2);
  const source = level.pixels;
  const pixels = blank(source, width * height);
  for (let y = 0; y < height; y++) {
    if (y % ROWS === 0) yield;
    const upper = 2 * y * level.width;
    const lower = Math.min(2 * y + 1, level.height - 1) * level.width;
    for (let x = 0; x < width; x++) {
      const left = 2 * x;
      const right = Math.min(left + 1, level.width - 1);
      const sum =
        (source[upper + left] as number) +
        (source[upper + right] as number) +
        (source[lower + left] as number) +
        (source[lower + right] as number);
      pixels[y * width + x] = (sum + 2) >> 2;
    }
  }
  return { factor: level.factor * 2, width, height, pixels };
}

function blank(like: StoredPixels, length: number): StoredPixels {
  if (like instanceof Uint8Array) return new Uint8Array(length);
  return like instanceof Int16Array ? new Int16Array(length) : new Uint16Array(length);
}
