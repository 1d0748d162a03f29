/** A radiograph as cornerstone-core image objects, one a pyramid level, and the view as its viewport. */

import type { Image, Viewport } from 'cornerstone-core';
import type { Radiograph } from '../../imaging/radiograph';
import type { ViewState } from '../viewport';
import { createPyramid, levelFor } from '../pixels/pyramid';
import { cornerstoneVoi } from '../pixels/window';

/** From this many device pixels a native pixel on, pixels are drawn as squares: the user is counting them. */
const SQUARE_PIXELS = 8;

export interface LevelImage {
  readonly factor: number;
  readonly image: Image;
}

export interface ImageSource {
  readonly radiograph: Radiograph;
  /** The level to draw at `devicePixels` a native pixel with at most `budget` image pixels. */
  at(devicePixels: number, budget: number): LevelImage;
}

let sourcesMade = 0;

export function createImageSource(radiograph: Radiograph): ImageSource {
  const pyramid = createPyramid(radiograph.width, radiograph.height, radiograph.pixels);
  const [least, greatest] = extremes(radiograph.pixels);
  const images = new Map<number, LevelImage>();
  const prefix = `counterpart:${String(++sourcesMade)}`;
  const create = (index: number): LevelImage => {
    const { factor, width, height, pixels } = pyramid.level(index);
    const image: Image = {
      imageId: `${prefix}/${String(index)}`,
      minPixelValue: least,
      maxPixelValue: greatest,
      slope: radiograph.rescaleSlope,
      intercept: radiograph.rescaleIntercept,
      ...radiograph.window,
      rows: height,
      columns: width,
      height,
      width,
      color: false,
      invert: radiograph.photometricInterpretation === 'MONOCHROME1',
      rowPixelSpacing: radiograph.pixelSpacing?.[0],
      columnPixelSpacing: radiograph.pixelSpacing?.[1],
      sizeInBytes: pixels.byteLength,
      getPixelData: () => pixels,
    };
    return { factor, image };
  };
  return {
    radiograph,
    at(devicePixels, budget) {
      const index = levelFor(radiograph, pyramid.depth, devicePixels, budget);
      const found = images.get(index) ?? create(index);
      images.set(index, found);
      return found;
    },
  };
}

/** The viewport under which a level lies exactly where the native image would. */
export function cornerstoneViewport(
  radiograph: Radiograph,
  level: LevelImage,
  view: ViewState,
  devicePixelRatio: number,
): Viewport {
  const { factor, image } = level;
  const voi = cornerstoneVoi(view.window);
  return {
    scale: view.scale * devicePixelRatio * factor,
    translation: {
      x: (view.translation[0] - radiograph.width / 2) / factor + image.width / 2,
      y: (view.translation[1] - radiograph.height / 2) / factor + image.height / 2,
    },
    voi: { windowCenter: voi.windowCenter, windowWidth: voi.windowWidth },
    invert: image.invert !== view.inverted,
    pixelReplication: view.scale * devicePixelRatio >= SQUARE_PIXELS,
    rotation: 0,
    hflip: false,
    vflip: false,
  };
}

function extremes(pixels: Radiograph['pixels']): readonly [number, number] {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of pixels) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
