/** What changed between two radiographs: as the eye would see it, and by their stored values. */

import type { Box } from './box';
import { SizeMismatchError } from './errors';
import { presentationTable } from './presentation';
import type { Radiograph, StoredPixels } from './radiograph';

/**
 * Signed difference `after - before` in presentation units, in [-1, 1], row by row: positive where `after` is brighter.
 * Both are shown under `before`'s window, so that equal stored values of one acquisition always differ by 0.
 * @throws SizeMismatchError when the two are not of one size
 */
export function presentationDifference(before: Radiograph, after: Radiograph): Float32Array {
  if (before.width !== after.width || before.height !== after.height) {
    throw new SizeMismatchError('The second radiograph', [before.width, before.height], [after.width, after.height]);
  }
  const a = presentationTable(before);
  const b = presentationTable(after, before.window);
  const out = new Float32Array(before.pixels.length);
  for (let i = 0; i < out.length; i++) {
    out[i] =
      (b.table[(after.pixels[i] as number) + b.offset] as number) -
      (a.table[(before.pixels[i] as number) + a.offset] as number);
  }
  return out;
}

/** How many stored values are not the same, and a box that holds them. */
export interface Changes {
  readonly changed: number;
  readonly box: Box;
}

/** The box is the smallest. */
export function changedBox(
  { width, height, pixels: before }: Pick<Radiograph, 'width' | 'height' | 'pixels'>,
  after: StoredPixels,
): Changes {
  const next = differenceIn(before, after);
  const all = width * height;
  let [changed, x0, y0, x1, y1] = [0, width, height, -1, -1];
  for (let at = next(0, all); at < all;) {
    const y = Math.floor(at / width);
    const [row, end] = [y * width, (y + 1) * width];
    let last = at;
    x0 = Math.min(x0, at - row);
    for (; at < end; at++) {
      if (before[at] === after[at]) continue;
      changed++;
      last = at;
    }
    x1 = Math.max(x1, last - row);
    y0 = Math.min(y0, y);
    y1 = y;
    at = next(end, all);
  }
  const box =
    changed === 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x: x0, y: y0, width: x1 - x0 + 1, height: y1 - y0 + 1 };
  return { changed, box };
}

/** Tells the first index at which two arrays differ, from one index up to another, which is the answer where they do not; four bytes at a time where both begin at such. */
function differenceIn(one: StoredPixels, other: StoredPixels): (from: number, to: number) => number {
  const size = one.BYTES_PER_ELEMENT;
  const isAligned = one.byteOffset % 4 === 0 && other.byteOffset % 4 === 0 && size === other.BYTES_PER_ELEMENT;
  const length = isAligned ? Math.floor((Math.min(one.length, other.length) * size) / 4) : 0;
  const words = (of: StoredPixels): Int32Array =>
    length === 0 ? new Int32Array() : new Int32Array(of.buffer, of.byteOffset, length);
  const [a, b] = [words(one), words(other)];
  const each = 4 / size;
  return (from, to) => {
    let i = from;
    for (; i < to && i % each !== 0; i++) if (one[i] !== other[i]) return i;
    const word = sameUpTo(a, b, i / each, Math.min(length, Math.floor(to / each)));
    for (i = Math.max(i, word * each); i < to; i++) if (one[i] !== other[i]) return i;
    return to;
  };
}

/** The first word that differs, or the end. */
function sameUpTo(a: Int32Array, b: Int32Array, from: number, end: number): number {
  let i = from;
  for (; i + 4 <= end; i += 4)
    if (
      (((a[i] as number) ^ (b[i] as number)) |
        ((a[i + 1] as number) ^ (b[i + 1] as number)) |
        ((a[i + 2] as number) ^ (b[i + 2] as number)) |
        ((a[i + 3] as number) ^ (b[i + 3] as number))) !==
      0
    )
      break;
  while (i < end && a[i] === b[i]) i++;
  return i;
}
