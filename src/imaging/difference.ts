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

/** How many stored values are not the same, and the smallest box that holds them. */
export function changedBox(
  { width, height, pixels: before }: Pick<Radiograph, 'width' | 'height' | 'pixels'>,
  after: StoredPixels,
): { readonly changed: number; readonly box: Box } {
  let [changed, x0, y0, x1, y1] = [0, width, height, -1, -1];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (before[i] === after[i]) continue;
      changed++;
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      y1 = y;
    }
  }
  const box =
    changed === 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x: x0, y: y0, width: x1 - x0 + 1, height: y1 - y0 + 1 };
  return { changed, box };
}
