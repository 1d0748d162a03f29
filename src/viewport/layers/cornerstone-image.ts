/** A radiograph as cornerstone-core image objects (a tile of a pyramid level each), and the view as their viewport. */

import type { Image, Viewport } from 'cornerstone-core';
import { isCurved, isHighDark, presentationTable } from '../../imaging/presentation';
import type { Radiograph, VoiWindow } from '../../imaging/radiograph';
import type { Rectangle } from '../geometry/view-transform';
import { levelFor, preparedPixels } from '../pixels/pyramid';
import { cutTile, tileFor } from '../pixels/tile';
import { cornerstoneVoi } from '../pixels/window';
import type { ViewState } from '../viewport';

/** From this many device pixels a native pixel on, pixels are drawn as squares: the user is counting them. */
const SQUARE_PIXELS = 8;

export interface DrawnImage {
  /** Native pixels an image pixel. */
  readonly factor: number;
  /** Where the image lies in its level, in the level's pixels. */
  readonly tile: Rectangle;
  readonly image: Image;
}

export interface ImageSource {
  readonly radiograph: Radiograph;
  /**
   * The image to draw at `devicePixels` a native pixel, holding at least `visible` (native pixels), with at most `budget`
   * pixels in view. The same object as before while it serves.
   */
  at(devicePixels: number, visible: Rectangle, budget: number): DrawnImage;
}

let sourcesMade = 0;

export function createImageSource(radiograph: Radiograph): ImageSource {
  const { pyramid, range } = preparedPixels(radiograph);
  const source = ++sourcesMade;
  let imagesMade = 0;
  let drawn: DrawnImage | undefined;
  return {
    radiograph,
    at(devicePixels, visible, budget) {
      const { factor, width, height, pixels } = pyramid.level(levelFor(visible, pyramid.depth, devicePixels, budget));
      const before = drawn?.factor === factor ? drawn.tile : undefined;
      const tile = tileFor({ width, height }, scaled(visible, 1 / factor), before);
      if (drawn && tile === before) return drawn;
      const id = `counterpart:${String(source)}/${String(++imagesMade)}`;
      drawn = { factor, tile, image: imageOf(id, radiograph, range, cutTile(pixels, width, tile), tile) };
      return drawn;
    },
  };
}

/** The viewport under which a drawn image lies exactly where the native image would. */
export function cornerstoneViewport(
  radiograph: Radiograph,
  drawn: DrawnImage,
  view: ViewState,
  devicePixelRatio: number,
): Viewport {
  const { factor, image, tile } = drawn;
  const { windowCenter, windowWidth } = cornerstoneVoi(view.window);
  return {
    scale: view.scale * devicePixelRatio * factor,
    translation: {
      x: (view.translation[0] - radiograph.width / 2) / factor + tile.x + tile.width / 2,
      y: (view.translation[1] - radiograph.height / 2) / factor + tile.y + tile.height / 2,
    },
    voi: { windowCenter, windowWidth },
    voiLUT: isCurved(radiograph) ? curveTable(radiograph, image, view.window) : undefined,
    invert: image.invert !== view.inverted,
    pixelReplication: view.scale * devicePixelRatio >= SQUARE_PIXELS,
    rotation: 0,
    hflip: false,
    vflip: false,
  };
}

function imageOf(
  imageId: string,
  radiograph: Radiograph,
  [least, greatest]: readonly [number, number],
  pixels: Radiograph['pixels'],
  { width, height }: Rectangle,
): Image {
  const curved = isCurved(radiograph);
  return {
    imageId,
    minPixelValue: least,
    maxPixelValue: greatest,
    // Tables and sigmoids are drawn from the stored values by `curveTable`, which also inverts.
    slope: curved ? 1 : radiograph.rescaleSlope,
    intercept: curved ? 0 : radiograph.rescaleIntercept,
    ...radiograph.window,
    rows: height,
    columns: width,
    height,
    width,
    color: false,
    invert: !curved && isHighDark(radiograph),
    rowPixelSpacing: radiograph.pixelSpacing?.[0],
    columnPixelSpacing: radiograph.pixelSpacing?.[1],
    sizeInBytes: pixels.byteLength,
    getPixelData: () => pixels,
  };
}

const curveTables = new WeakMap<Image, Viewport['voiLUT']>();

/**
 * The greys (0 to 255) of all stored values in the image; the same object while the window is the same, or cornerstone
 * would draw anew. It takes as many bits as the greatest entry has: white behind the last value makes them eight.
 */
function curveTable(radiograph: Radiograph, image: Image, window: VoiWindow): Viewport['voiLUT'] {
  const id = `${image.imageId} ${String(window.windowCenter)} ${String(window.windowWidth)}`;
  const known = curveTables.get(image);
  if (known?.id === id) return known;
  const { table, offset } = presentationTable(radiograph, window);
  const { minPixelValue: first, maxPixelValue: last } = image;
  const greys = Array.from(table.subarray(first + offset, last + offset + 1), (grey) => Math.round(255 * grey));
  const made = { id, firstValueMapped: first, lut: [...greys, 255] };
  curveTables.set(image, made);
  return made;
}

function scaled(box: Rectangle, by: number): Rectangle {
  return { x: box.x * by, y: box.y * by, width: box.width * by, height: box.height * by };
}
