/**
 * The part of a large image that is worth rendering: what is in view and a margin to pan into. Zoomed in on 16 million
 * pixels, a step of the window then costs a screenful.
 */

import type { Rectangle } from '../geometry/view-transform';

/** Images up to this many pixels are rendered whole. */
const WHOLE = 3_000_000;
/** Margin on each side, as a part of what is in view. */
const MARGIN = 0.3;
/** Sides come in steps, so that the renderer's buffers keep their size while panning. */
const STEP = 256;

type Size = Pick<Rectangle, 'width' | 'height'>;

/**
 * Whole-pixel tile of an image that holds `visible`, both in the image's pixels. `before` is kept while it still holds
 * `visible` and is not wastefully large.
 */
export function tileFor(image: Size, visible: Rectangle, before: Rectangle | undefined): Rectangle {
  const small = image.width * image.height <= WHOLE;
  const width = small ? image.width : side(visible.width, image.width);
  const height = small ? image.height : side(visible.height, image.height);
  if (before && holds(before, visible) && before.width * before.height <= 2 * width * height) return before;
  return {
    x: start(visible.x + visible.width / 2, width, image.width),
    y: start(visible.y + visible.height / 2, height, image.height),
    width,
    height,
  };
}

/** Copies a tile out of a row-by-row image; the image itself when the tile is all of it. */
export function cutTile<T extends Uint8Array | Uint16Array | Int16Array>(
  pixels: T,
  imageWidth: number,
  tile: Rectangle,
): T {
  if (tile.width * tile.height === pixels.length) return pixels;
  const cut = pixels.slice(0, tile.width * tile.height) as T;
  for (let row = 0; row < tile.height; row++) {
    const from = (tile.y + row) * imageWidth + tile.x;
    cut.set(pixels.subarray(from, from + tile.width), row * tile.width);
  }
  return cut;
}

function side(visible: number, whole: number): number {
  return Math.min(whole, Math.ceil((visible * (1 + 2 * MARGIN)) / STEP) * STEP + STEP);
}

function start(centre: number, size: number, whole: number): number {
  return Math.min(whole - size, Math.max(0, Math.round(centre - size / 2)));
}

function holds(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
