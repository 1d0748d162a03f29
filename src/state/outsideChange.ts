/** The studio's own check of the promise that nothing outside the mask changes: counted, not assumed. */

import type { Mask, Radiograph } from '../imaging/radiograph';

/** Number of stored values that differ where the mask is 0. All three must have one size. */
export function countChangedOutside(source: Radiograph, result: Radiograph, mask: Mask): number {
  let changed = 0;
  for (let index = 0; index < mask.data.length; index++) {
    if (mask.data[index] === 0 && source.pixels[index] !== result.pixels[index]) changed++;
  }
  return changed;
}
