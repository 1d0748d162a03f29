/** What a sketch drawn on a displaced film changes of the film as it was, within what is painted. */

import type { DensityImage } from '../density';
import { fieldIn, type Box, type Field } from '../field';
import type { SketchRequest } from '../sketch';

export interface Finishing {
  /** The film as it was, and as it was drawn on: displaced, or the same. */
  readonly image: DensityImage;
  readonly film: DensityImage;
  /** How far places have moved, as fractions of the image; absent where none has. */
  readonly moved: Field | undefined;
  readonly box: Box;
  readonly mask: SketchRequest['mask'];
}

/** Turns a change of `film` into one of `image`, in place, with its mask; both are exactly 0 outside what is painted. */
export function finish(
  { change, mask }: { readonly change: Float32Array; readonly mask: Uint8Array },
  { image, film, moved, box, mask: painted }: Finishing,
): void {
  const { width, height } = image;
  if (moved !== undefined) {
    const far = fieldIn(moved, box, width, height);
    for (let j = 0, at = 0; j < box.height; j++) {
      for (let i = 0, pixel = (box.y + j) * width + box.x; i < box.width; i++, at++, pixel++) {
        const step = (film.values[pixel] as number) - (image.values[pixel] as number);
        if (step === 0) continue;
        change[at] = (change[at] as number) + step;
        // A tenth of a cell of the anatomy's grid is as good as moved.
        mask[at] = Math.max(mask[at] as number, 1, Math.round(255 * Math.min(1, Math.abs(far[at] as number) * 2560)));
      }
    }
  }
  if (painted === undefined) return;
  const bounds = fieldIn(
    { width: painted.width, height: painted.height, data: Float32Array.from(painted.data) },
    box,
    width,
    height,
  );
  for (let at = 0; at < change.length; at++) {
    const share = (bounds[at] as number) / 255;
    change[at] = share === 0 ? 0 : (change[at] as number) * share;
    mask[at] = change[at] === 0 ? 0 : Math.max(1, Math.round((mask[at] as number) * share));
  }
}
