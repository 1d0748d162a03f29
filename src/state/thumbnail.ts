/** A small grey picture of a radiograph for lists, aspect kept. */

import { toPresentation } from '../imaging/presentation';
import { resizeArea } from '../imaging/resample';
import type { Radiograph } from '../imaging/radiograph';

export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** @param longest pixels along the longer side */
export function thumbnailOf(radiograph: Radiograph, longest = 96): Thumbnail {
  const scale = Math.min(1, longest / Math.max(radiograph.width, radiograph.height));
  const width = Math.max(1, Math.round(radiograph.width * scale));
  const height = Math.max(1, Math.round(radiograph.height * scale));
  const grey = resizeArea(toPresentation(radiograph), radiograph.width, radiograph.height, width, height);
  const data = new Uint8ClampedArray(width * height * 4);
  grey.forEach((value, index) => {
    data.fill(value * 255, index * 4, index * 4 + 3);
    data[index * 4 + 3] = 255;
  });
  return { width, height, data };
}
