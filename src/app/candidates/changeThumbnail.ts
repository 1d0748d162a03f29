/** A small picture of where a result changed: on a thumbnail of the whole chest most changes cannot be seen. */

import type { Counterfactual } from '../../counterfactual/edit';
import { maskBounds } from '../../imaging/mask';
import type { Radiograph, StoredPixels } from '../../imaging/radiograph';
import { thumbnailOf, type Thumbnail } from '../../record/thumbnail';

/** Of the longer side of the change, added all round. */
const MARGIN = 0.35;
const LONGEST = 144;

const known = new WeakMap<Counterfactual, Thumbnail>();

function cropped(image: Radiograph, left: number, top: number, width: number, height: number): Radiograph {
  const pixels: StoredPixels = image.pixels.slice(0, width * height);
  for (let row = 0; row < height; row++) {
    const start = (top + row) * image.width + left;
    pixels.set(image.pixels.subarray(start, start + width), row * width);
  }
  return { ...image, width, height, pixels };
}

/** A square around the change, where the picture has room for one; the whole picture when nothing changed. */
export function changeThumbnail(counterfactual: Counterfactual): Thumbnail {
  const before = known.get(counterfactual);
  if (before !== undefined) return before;
  const { image, mask } = counterfactual;
  const bounds = maskBounds(mask);
  const thumbnail = bounds === undefined ? thumbnailOf(image, LONGEST) : around(image, bounds);
  known.set(counterfactual, thumbnail);
  return thumbnail;
}

function around(image: Radiograph, { x, y, width, height }: NonNullable<ReturnType<typeof maskBounds>>): Thumbnail {
  const side = Math.min(image.width, image.height, Math.ceil(Math.max(width, height) * (1 + 2 * MARGIN)));
  const start = (centre: number, length: number): number =>
    Math.round(Math.min(length - side, Math.max(0, centre - side / 2)));
  return thumbnailOf(
    cropped(image, start(x + width / 2, image.width), start(y + height / 2, image.height), side, side),
    LONGEST,
  );
}
