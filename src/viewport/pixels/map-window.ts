/** Rectangular parts of a sampled map. */

import type { SampledMap } from '../geometry/contour';
import type { Rectangle } from '../geometry/view-transform';

/** A copy of the part. */
export function cutMap({ width, data }: SampledMap, box: Rectangle): SampledMap {
  const part = new Uint8Array(box.width * box.height);
  for (let row = 0; row < box.height; row++) {
    const from = (box.y + row) * width + box.x;
    part.set(data.subarray(from, from + box.width), row * box.width);
  }
  return { width: box.width, height: box.height, data: part };
}

/** Whether every sample of the part passes. */
export function isUniform({ width, data }: SampledMap, box: Rectangle, passes: (value: number) => boolean): boolean {
  for (let y = box.y; y < box.y + box.height; y++) {
    const end = y * width + box.x + box.width;
    for (let index = end - box.width; index < end; index++) if (!passes(data[index] as number)) return false;
  }
  return true;
}
