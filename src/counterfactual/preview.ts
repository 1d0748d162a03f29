/** Pictures of the counterfactual while it is being sampled. They cost a decoding each, so a slow device shows fewer. */

import type { ImageGrid } from '../networks/typed';

/** Decoding for previews may add this share to the time that sampling takes. */
const SHARE = 0.15;
/** Earlier than this share of the steps the estimate says little of the result. */
const FIRST = 1 / 6;

/** Says after each step whether a preview is affordable; never influences the result. Times in milliseconds of one clock. */
export class PreviewBudget {
  #spent = 0;
  /** Of one decoding, once one was measured. */
  #cost: number | undefined;
  #last = 0;

  /** @param began when sampling began */
  constructor(
    private readonly steps: number,
    private readonly began: number,
  ) {}

  /**
   * The first preview comes in the first third whatever it costs, as nobody knows that yet; what the share then leaves is
   * spread evenly over the steps that are left.
   */
  affords(step: number, now: number): boolean {
    if (step >= this.steps) return false;
    if (this.#cost === undefined) return step >= Math.ceil(FIRST * this.steps);
    const sampling = ((now - this.began - this.#spent) / step) * this.steps;
    const affordable = Math.floor((SHARE * sampling - this.#spent) / Math.max(this.#cost, Number.EPSILON));
    return affordable >= 1 && step - this.#last >= Math.ceil((this.steps - this.#last) / (affordable + 1));
  }

  /** A preview after `step` took this long. */
  record(step: number, milliseconds: number): void {
    this.#spent += milliseconds;
    this.#cost = milliseconds;
    this.#last = step;
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
