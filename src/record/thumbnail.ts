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

/** What is marked where `share` is 1: the warm end of the difference's colours. */
const MARK = [255, 150, 60] as const;
/** Of a mark; the picture shows through. */
const MARK_OPACITY = 0.72;
/** Of the picture's light beside marks. */
const DIMMED = 0.6;

/** The picture dimmed, with a share of each place marked. @param share [0, 1] at fractions of the picture's width and height */
export function tinted({ width, height, data }: Thumbnail, share: (u: number, v: number) => number): Thumbnail {
  const marked = data.slice();
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const mark = MARK_OPACITY * share((x + 0.5) / width, (y + 0.5) / height);
      for (let channel = 0; channel < 3; channel++)
        marked[at + channel] = (1 - mark) * DIMMED * (data[at + channel] as number) + mark * (MARK[channel] as number);
    }
  }
  return { width, height, data: marked };
}
