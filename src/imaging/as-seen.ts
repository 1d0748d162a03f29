/** A radiograph as it is seen: 8 bits under its own window, upright in polarity, as every viewer of pictures shows it. */

import { presentationTable } from './presentation';
import type { Radiograph } from './radiograph';
import { fullWindow } from './window';

/**
 * Greys of 0 to 255 in place of stored values, black at 0, shown as they are; what says how stored values become light goes
 * with them. One that is so already comes back itself.
 */
export function asSeen(image: Radiograph): Radiograph {
  const { table, offset } = presentationTable(image);
  const greys = Uint8Array.from(table, (grey) => Math.round(255 * grey));
  if (image.pixels instanceof Uint8Array && image.bitsStored === 8 && greys.every((grey, stored) => grey === stored))
    return image;
  const {
    modalityTable: _,
    voiTable: __,
    otherVoiTable: ___,
    windowFunction: ____,
    pixelPadding: _____,
    ...rest
  } = image;
  const bits = { bitsStored: 8, signed: false };
  return {
    ...rest,
    ...bits,
    pixels: Uint8Array.from(image.pixels, (stored) => greys[stored + offset] as number),
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: fullWindow(bits),
  };
}
