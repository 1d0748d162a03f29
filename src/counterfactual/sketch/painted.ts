/** What a painted mask says: where it lies in the chest, and how much of each drawn pixel it allows. */

import type { Mask } from '../../imaging/radiograph';
import { resizeArea } from '../../imaging/resample';
import { CHEST_GRID, type Box, type Field } from './field';

/** The mask on CHEST_GRID, 0 to 1. */
export function paintedOn({ width, height, data }: Mask): Field {
  return {
    width: CHEST_GRID,
    height: CHEST_GRID,
    data: resizeArea(
      Float32Array.from(data, (value) => value / 255),
      width,
      height,
      CHEST_GRID,
      CHEST_GRID,
    ),
  };
}

/** The mask's nearest pixel for each pixel of a box of a `width` x `height` image, 0 to 1. @returns [box.height x box.width] */
export function paintedIn(mask: Mask, box: Box, width: number, height: number): Float32Array {
  const out = new Float32Array(box.width * box.height);
  const columns = Int32Array.from({ length: box.width }, (_, i) =>
    Math.min(mask.width - 1, Math.floor(((box.x + i + 0.5) / width) * mask.width)),
  );
  for (let j = 0, at = 0; j < box.height; j++) {
    const row = Math.min(mask.height - 1, Math.floor(((box.y + j + 0.5) / height) * mask.height)) * mask.width;
    for (let i = 0; i < box.width; i++, at++) out[at] = (mask.data[row + (columns[i] as number)] as number) / 255;
  }
  return out;
}
