/** What changed between two radiographs, as the eye would see it. */

import { SizeMismatchError } from './errors';
import { presentationTable } from './presentation';
import type { Radiograph } from './radiograph';

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
