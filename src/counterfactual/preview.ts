/** Pictures of the counterfactual while it is being sampled. They cost a decoding each, so a slow device shows fewer. */

import { maskToGrid } from '../imaging/mask';
import type { Mask } from '../imaging/radiograph';
import { GRID_SIZE } from '../imaging/resample';
import type { ImageGrid } from '../networks/typed';

/** Decoding for previews may take this share of the time spent so far. */
const SHARE = 0.2;

/** Says after each step whether a preview is affordable; never influences the result. */
export class PreviewBudget {
  #spent = 0;
  #last = 0;

  /** @param began when the edit began; the first preview is always affordable */
  constructor(private readonly began: number) {}

  affords(now: number): boolean {
    return this.#spent + this.#last <= SHARE * (now - this.began);
  }

  record(milliseconds: number): void {
    this.#spent += milliseconds;
    this.#last = milliseconds;
  }
}

/** x + m (D(e) - D(z)) on the 256 grid as grey in [0, 255]. */
export function previewImage(
  image: ImageGrid,
  reconstruction: ImageGrid,
  decoded: ImageGrid,
  mask: Float32Array,
): Uint8ClampedArray {
  const preview = new Uint8ClampedArray(image.length);
  for (let i = 0; i < preview.length; i++) {
    const value = (image[i] ?? 0) + (mask[i] ?? 0) * ((decoded[i] ?? 0) - (reconstruction[i] ?? 0));
    preview[i] = ((value + 1) / 2) * 255;
  }
  return preview;
}

/** The feathered mask's share of each pixel of the 256 grid. */
export function previewMask(mask: Mask): Float32Array {
  return maskToGrid(mask, GRID_SIZE);
}
