/** Part of the image as it would be drawn, shown under the view's window. */

import type { Radiograph, VoiWindow } from '../../imaging/radiograph';
import { previewTable } from '../pixels/window';
import type { SketchPicture } from '../../worker/sketch/protocol';

export interface RenderedSketch {
  readonly canvas: HTMLCanvasElement;
  readonly place: Pick<SketchPicture, 'x' | 'y' | 'across' | 'down'>;
}

export class SketchLayer {
  readonly #canvas = document.createElement('canvas');
  #picture: SketchPicture | undefined;
  /** What the canvas shows. */
  #shown: { readonly picture: SketchPicture; readonly key: string } | undefined;

  get isSet(): boolean {
    return this.#picture !== undefined;
  }

  set(picture: SketchPicture | undefined): void {
    this.#picture = picture;
  }

  /** The greys were made under the radiograph's window, `view` is the one to show them under. */
  rendered(radiograph: Radiograph, view: VoiWindow, inverted: boolean): RenderedSketch | undefined {
    const picture = this.#picture;
    if (picture === undefined) return undefined;
    const key = JSON.stringify([radiograph.id, radiograph.window, view, inverted]);
    if (this.#shown?.picture !== picture || this.#shown.key !== key) {
      this.#render(picture, previewTable(radiograph, view, inverted));
      this.#shown = { picture, key };
    }
    return { canvas: this.#canvas, place: picture };
  }

  #render({ width, height, grey, alpha }: SketchPicture, table: ArrayLike<number>): void {
    this.#canvas.width = width;
    this.#canvas.height = height;
    const image = new ImageData(width, height);
    const { data } = image;
    for (let index = 0, at = 0; index < grey.length; index++, at += 4) {
      const shown = table[grey[index] ?? 0] ?? 0;
      data[at] = shown;
      data[at + 1] = shown;
      data[at + 2] = shown;
      data[at + 3] = alpha[index] ?? 0;
    }
    this.#canvas.getContext('2d')?.putImageData(image, 0, 0);
  }
}
