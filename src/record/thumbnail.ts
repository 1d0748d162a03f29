/** A small grey picture of a radiograph for lists, aspect kept. */

import { presentationAt } from '../imaging/resample';
import { atOnce, type Sliced } from '../imaging/slices';
import type { Radiograph } from '../imaging/radiograph';

export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** @param longest pixels along the longer side */
export function thumbnailOf(radiograph: Radiograph, longest?: number): Thumbnail {
  return atOnce(thumbnailInSlices(radiograph, longest));
}

export function* thumbnailInSlices(radiograph: Radiograph, longest = 96): Sliced<Thumbnail> {
  const scale = Math.min(1, longest / Math.max(radiograph.width, radiograph.height));
  const width = Math.max(1, Math.round(radiograph.width * scale));
  const height = Math.max(1, Math.round(radiograph.height * scale));
  const grey = yield* presentationAt(radiograph, width, height);
  const data = new Uint8ClampedArray(width * height * 4);
  grey.forEach((value, index) => {
    data.fill(value * 255, index * 4, index * 4 + 3);
    data[index * 4 + 3] = 255;
  });
  return { width, height, data };
}
