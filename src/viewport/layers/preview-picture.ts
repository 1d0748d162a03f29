/** The network's 256 × 256 grey, shown under the view's window. */

import type { Radiograph, VoiWindow } from '../../imaging/radiograph';
import { previewTable } from '../pixels/window';

const PREVIEW_SIDE = 256;

export class PreviewPicture {
  readonly canvas: HTMLCanvasElement;
  #grey: Uint8ClampedArray | undefined;

  constructor() {
    this.canvas = document.createElement('canvas');
    this.canvas.width = PREVIEW_SIDE;
    this.canvas.height = PREVIEW_SIDE;
  }

  get isSet(): boolean {
    return this.#grey !== undefined;
  }

  /** @throws RangeError when the grey is not 256 × 256 values */
  set(grey: Uint8ClampedArray | undefined): void {
    if (grey && grey.length !== PREVIEW_SIDE ** 2) {
      throw new RangeError(`A preview has ${String(PREVIEW_SIDE ** 2)} values, not ${String(grey.length)}.`);
    }
    this.#grey = grey;
  }

  /** Redraws the greys; they were made under the radiograph's window, `view` is the one to show them under. */
  render(radiograph: Radiograph, view: VoiWindow, inverted: boolean): void {
    const grey = this.#grey;
    if (!grey) return;
    const table = previewTable(radiograph, view, inverted);
    const image = new ImageData(PREVIEW_SIDE, PREVIEW_SIDE);
    const { data } = image;
    for (let index = 0; index < PREVIEW_SIDE * PREVIEW_SIDE; index++) {
      const shown = table[grey[index] ?? 0] ?? 0;
      data[4 * index] = shown;
      data[4 * index + 1] = shown;
      data[4 * index + 2] = shown;
      data[4 * index + 3] = 255;
    }
    this.canvas.getContext('2d')?.putImageData(image, 0, 0);
  }
}
