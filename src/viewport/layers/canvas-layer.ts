/** A canvas over the whole view, in device pixels. */

import type { Rectangle } from '../geometry/view-transform';

/** From image coordinates (native pixels) to device pixels. */
export interface ImageTransform {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly x: number;
  readonly y: number;
}

export class CanvasLayer {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;

  constructor(parent: HTMLElement, className: string) {
    this.canvas = document.createElement('canvas');
    this.canvas.className = `viewport-canvas ${className}`;
    this.canvas.setAttribute('aria-hidden', 'true');
    this.#context = this.canvas.getContext('2d');
    parent.append(this.canvas);
  }

  resize(deviceWidth: number, deviceHeight: number, devicePixelRatio: number): void {
    this.canvas.width = deviceWidth;
    this.canvas.height = deviceHeight;
    this.canvas.style.width = `${String(deviceWidth / devicePixelRatio)}px`;
    this.canvas.style.height = `${String(deviceHeight / devicePixelRatio)}px`;
  }

  /** Clears, then lets `paint` draw in device pixels; `part` (whole device pixels) leaves the rest as it is. */
  draw(paint: (context: CanvasRenderingContext2D) => void, part?: Rectangle): void {
    const context = this.#context;
    if (!context) return;
    const { x, y, width, height } = part ?? { x: 0, y: 0, width: this.canvas.width, height: this.canvas.height };
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.save();
    if (part) {
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
    }
    context.clearRect(x, y, width, height);
    paint(context);
    context.restore();
  }
}

/** `box` is where the image lies in CSS pixels. */
export function imageTransform(
  box: Rectangle,
  image: { readonly imageWidth: number; readonly imageHeight: number },
  devicePixelRatio: number,
): ImageTransform {
  return {
    scaleX: (box.width / image.imageWidth) * devicePixelRatio,
    scaleY: (box.height / image.imageHeight) * devicePixelRatio,
    x: box.x * devicePixelRatio,
    y: box.y * devicePixelRatio,
  };
}
