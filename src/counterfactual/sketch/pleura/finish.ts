/** What a sketch drawn on a displaced film changes of the film as it was, within what is painted. */

import type { DensityImage } from '../density';
import { rowsIn, type Box, type Field } from '../field';
import type { SketchRequest } from '../sketch';

export interface Finishing {
  /** The film as it was. */
  readonly image: DensityImage;
  /** What was drawn on where places have moved: the displaced film [box.height x box.width], and how far, as fractions of the image. */
  readonly moved: { readonly film: Float32Array; readonly far: Field } | undefined;
  readonly box: Box;
  readonly mask: SketchRequest['mask'];
}

/** Turns a change of `film` into one of `image`, in place, with its mask; both are exactly 0 outside what is painted. */
export function finish(
  { change, mask }: { readonly change: Float32Array; readonly mask: Uint8Array },
  { image, moved, box, mask: painted }: Finishing,
): void {
  const { width, height } = image;
  if (moved !== undefined) {
    const rows = rowsIn(moved.far, box, width, height);
    for (let j = 0, at = 0; j < box.height; j++) {
      const far = rows(j, 0, box.width);
      for (let i = 0, pixel = (box.y + j) * width + box.x; i < box.width; i++, at++, pixel++) {
        const step = (moved.film[at] as number) - (image.values[pixel] as number);
        if (step === 0) continue;
        change[at] = (change[at] as number) + step;
        // A tenth of a cell of the anatomy's grid is as good as moved.
        mask[at] = Math.max(mask[at] as number, 1, Math.round(255 * Math.min(1, Math.abs(far[i] as number) * 2560)));
      }
    }
  }
  if (painted === undefined) return;
  const bounds = rowsIn(
    { width: painted.width, height: painted.height, data: Float32Array.from(painted.data) },
    box,
    width,
    height,
  );
  for (let j = 0, at = 0; j < box.height; j++) {
    const shares = bounds(j, 0, box.width);
    for (let i = 0; i < box.width; i++, at++) {
      const share = (shares[i] as number) / 255;
      change[at] = share === 0 ? 0 : (change[at] as number) * share;
      mask[at] = change[at] === 0 ? 0 : Math.max(1, Math.round((mask[at] as number) * share));
    }
  }
}
