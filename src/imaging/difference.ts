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

/** How many stored values are not the same, and the smallest box that holds them. Told four bytes at a time where nothing differs. */
export function changedBox(
  { width, height, pixels: before }: Pick<Radiograph, 'width' | 'height' | 'pixels'>,
  after: StoredPixels,
): { readonly changed: number; readonly box: Box } {
  const { first, last } = differencesOf(before, after);
  let [changed, x0, y0, x1, y1] = [0, width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width, (y + 1) * width];
    const begin = first(from, to);
    if (begin === to) continue;
    const end = last(begin, to);
    for (let i = begin; i <= end; i++) if (before[i] !== after[i]) changed++;
    x0 = Math.min(x0, begin - from);
    x1 = Math.max(x1, end - from);
    y0 = Math.min(y0, y);
    y1 = y;
  }
  const box =
    changed === 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x: x0, y: y0, width: x1 - x0 + 1, height: y1 - y0 + 1 };
  return { changed, box };
}

interface Differences {
  /** The first from one index up to, not including, another; that other where there is none. */
  readonly first: (from: number, to: number) => number;
  /** The last of the same, of which one is known to differ. */
  readonly last: (from: number, to: number) => number;
}

function differencesOf(before: StoredPixels, after: StoredPixels): Differences {
  const [one, other] = [wordsOf(before), wordsOf(after)];
  // Of values in a word, as a power of two: a quotient would make each index a float.
  const shift = 2 - (before.BYTES_PER_ELEMENT >> 1);
  const rest = (1 << shift) - 1;
  const words = Math.min(one.length, other.length);
  return {
    first(from, to) {
      let i = from;
      for (; i < to && (i & rest) !== 0; i++) if (before[i] !== after[i]) return i;
      let word = i >> shift;
      const end = Math.min(words, to >> shift);
      while (word < end && one[word] === other[word]) word++;
      for (i = Math.max(i, word << shift); i < to; i++) if (before[i] !== after[i]) return i;
      return to;
    },
    last(from, to) {
      let i = to;
      while (i > from && ((i & rest) !== 0 || i >> shift > words)) if (before[--i] !== after[i]) return i;
      let word = i >> shift;
      const begin = (from + rest) >> shift;
      while (word > begin && one[word - 1] === other[word - 1]) word--;
      i = Math.min(i, word << shift);
      while (i > from) if (before[--i] !== after[i]) return i;
      return from;
    },
  };
}

/** None where the values do not begin at a word; those after the last whole word are left out. */
function wordsOf({ buffer, byteOffset, byteLength }: StoredPixels): Int32Array {
  return byteOffset % 4 === 0 ? new Int32Array(buffer, byteOffset, byteLength >> 2) : new Int32Array();
}
