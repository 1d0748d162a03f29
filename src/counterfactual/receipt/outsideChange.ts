/** The studio's own check of the promise that nothing outside the mask changes: counted, not assumed. */

import type { Mask, Radiograph } from '../../imaging/radiograph';
import type { Sliced } from '../../imaging/slices';

/** Pixels between two chances to interrupt. */
const PIXELS = 1 << 17;

/** Number of stored values that differ where the mask is 0. All three must have one size. */
export function* countChangedOutside(source: Radiograph, result: Radiograph, mask: Mask): Sliced<number> {
  const [before, after, { data }] = [source.pixels, result.pixels, mask];
  let changed = 0;
  for (let from = 0; from < data.length; from += PIXELS) {
    yield;
    const to = Math.min(data.length, from + PIXELS);
    for (let index = from; index < to; index++) {
      if (data[index] === 0 && before[index] !== after[index]) changed++;
    }
  }
  return changed;
}
