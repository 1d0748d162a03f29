/** Radiographs from JPEG files: 8-bit grey, shown as it is. */

import { checkSize } from './errors';
import { greyFromChannels } from './grey';
import { decodeJpeg as decodeSamples } from './jpeg/decode';
import { findFrame } from './jpeg/frame';
import { newRadiographId, type Radiograph } from './radiograph';
import { autoWindow, fullWindow } from './window';

/**
 * A radiograph from a greyscale JPEG, or a colour one whose channels agree. The size is checked before decoding.
 * @throws TruncatedImageError, CorruptImageError, UnsupportedImageError, ColourImageError, ImageTooSmallError, ImageTooLargeError
 */
export function decodeJpeg(bytes: Uint8Array, name: string): Radiograph {
  const image = decodeSamples(bytes, name, ({ width, height }) => {
    checkSize(name, width, height);
  });
  const lossless = findFrame(bytes, name).process === 'lossless';
  const ratio = Number((image.data.byteLength / bytes.length).toFixed(2));
  const { samples, notes } = greyFromChannels(image.data, image.channels, name);
  const plain = {
    id: newRadiographId(),
    name,
    format: 'jpeg',
    width: image.width,
    height: image.height,
    pixels: samples,
    bitsStored: Math.max(8, image.precision),
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    ...(!lossless && { lossy: { methods: ['ISO_10918_1'], ratios: ratio > 0 ? [ratio] : [] } }),
    synthetic: false,
    notes,
  } as const;
  return { ...plain, window: image.precision === 8 ? fullWindow(plain) : autoWindow(plain) };
}
