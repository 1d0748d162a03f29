/** Masks from image files: grey PNGs, and anything drawn at another resolution of the same picture. */

import { CounterpartError } from '../errors';
import { ColourImageError } from './errors';
import { isMaskEmpty } from './mask';
import { INSIDE } from './mask-runs';
import { decodeGreyPng } from './png-decode';
import type { Mask } from './radiograph';
import { resizeArea, resizeBicubic } from './resample';

export class MaskColourError extends CounterpartError {
  readonly code = 'mask-colour';
  constructor(name: string, options?: ErrorOptions) {
    super(
      `${name} is a colour picture; a mask is grey: black keeps, white may change.`,
      'Save the mask as an 8-bit greyscale PNG, one file for each region.',
      options,
    );
  }
}

export class MaskSizeError extends CounterpartError {
  readonly code = 'mask-size';
  constructor(name: string, mask: Size, image: Size) {
    super(
      `${name} is ${mask.width} × ${mask.height} pixels; the radiograph is ${image.width} × ${image.height}, of another shape.`,
      'Export the mask at the radiograph’s size, or at a size with the same ratio of width to height.',
    );
  }
}

export class MaskOfNothingError extends CounterpartError {
  readonly code = 'mask-of-nothing';
  constructor(name: string) {
    super(
      `${name} has no pixel of at least half strength, so nothing would be masked.`,
      'White (255) marks what may change. If it is a label map, export the label you mean as white.',
    );
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Ratios of width to height that differ by less are one shape: sizes are rounded to whole pixels. */
const SAME_SHAPE = 0.01;

/**
 * The grey values of a PNG as a mask; 16 bits are reduced to 8, and a mask of zeros and ones counts as black and white.
 * @throws MaskColourError, MaskOfNothingError, and what an unreadable PNG throws
 */
export function decodeMaskPng(bytes: Uint8Array, name: string): Mask {
  const { samples, width, height } = greyOf(bytes, name);
  const scale = samples.every((value: number) => value <= 1) ? 255 : samples instanceof Uint16Array ? 255 / 65535 : 1;
  const mask: Mask = { width, height, data: Uint8Array.from(samples, (value) => Math.round(value * scale)) };
  if (!mask.data.some((value) => value >= INSIDE)) throw new MaskOfNothingError(name);
  return mask;
}

function greyOf(bytes: Uint8Array, name: string): ReturnType<typeof decodeGreyPng> {
  try {
    return decodeGreyPng(bytes, name);
  } catch (error) {
    if (error instanceof ColourImageError) throw new MaskColourError(name, { cause: error });
    throw error;
  }
}

/**
 * The mask at the radiograph's size. One of the same shape is resampled (area mean when it is larger, bicubic when smaller);
 * a hard mask stays hard, cut at one half.
 * @returns `resampled` is the size it had, where that was another
 * @throws MaskSizeError when the shapes differ
 */
export function fitMask(
  mask: Mask,
  { width, height }: Size,
  name: string,
): { readonly mask: Mask; readonly resampled?: Size } {
  if (mask.width === width && mask.height === height) return { mask };
  if (Math.abs((mask.width * height) / (mask.height * width) - 1) > SAME_SHAPE)
    throw new MaskSizeError(name, mask, { width, height });
  const resize = mask.width > width ? resizeArea : resizeBicubic;
  const values = resize(Float32Array.from(mask.data), mask.width, mask.height, width, height);
  const isHard = mask.data.every((value) => value === 0 || value === 255);
  const data = Uint8Array.from(values, (value) =>
    isHard ? (value >= INSIDE ? 255 : 0) : Math.min(255, Math.max(0, Math.round(value))),
  );
  const fitted: Mask = { width, height, data };
  if (isMaskEmpty(fitted)) throw new MaskOfNothingError(name);
  return { mask: fitted, resampled: { width: mask.width, height: mask.height } };
}
