/** Rectangular parts of a sampled map. */

import type { SampledMap } from '../geometry/contour';
import type { Rectangle } from '../geometry/view-transform';

/** A copy of the part. */
export function cutMap({ width, data }: SampledMap, box: Rectangle): SampledMap & { readonly data: Uint8Array } {
  const part = new Uint8Array(box.width * box.height);
  for (let row = 0; row < box.height; row++) {
    const from = (box.y + row) * width + box.x;
    part.set(data.subarray(from, from + box.width), row * box.width);
  }
  return { width: box.width, height: box.height, data: part };
}

/** Whether all samples of the part are below the level, all are not, or they differ. */
export function sideOf({ width, data }: SampledMap, box: Rectangle, level: number): 'below' | 'above' | 'both' {
  const below = (data[box.y * width + box.x] as number) < level;
  for (let y = box.y; y < box.y + box.height; y++) {
    const end = y * width + box.x + box.width;
    for (let index = end - box.width; index < end; index++)
      if ((data[index] as number) < level !== below) return 'both';
  }
  return below ? 'below' : 'above';
}
