/** What can be wrong with an image file or with sizes that should agree. */

import { CounterpartError } from '../errors';

/** Smallest and largest side, and most pixels, that a radiograph may have. */
export const MIN_SIDE = 64;
export const MAX_SIDE = 8192;
export const MAX_PIXELS = 50_000_000;

export class EmptyFileError extends CounterpartError {
  readonly code = 'empty-file';
  constructor(name: string) {
    super(`${name} is empty (0 bytes).`, 'Copy or export the file again, then open it.');
  }
}

export class NotAnImageError extends CounterpartError {
  readonly code = 'not-an-image';
  constructor(name: string) {
    super(
      `${name} is not an image: its content is neither DICOM, PNG, JPEG, TIFF, WebP nor BMP.`,
      'Open a DICOM, PNG, JPEG or TIFF file of a chest radiograph, or in the studio a WebP or BMP.',
    );
  }
}

export type ImageFormatName = 'PNG' | 'JPEG' | 'DICOM' | 'TIFF' | 'WebP' | 'BMP';

export class TruncatedImageError extends CounterpartError {
  readonly code = 'truncated-image';
  constructor(name: string, format: ImageFormatName, options?: ErrorOptions) {
    super(
      `${name} is incomplete: the ${format} data ends before the image does.`,
      'Copy or download the file again; the transfer was cut short.',
      options,
    );
  }
}

export class CorruptImageError extends CounterpartError {
  readonly code = 'corrupt-image';
  constructor(name: string, format: ImageFormatName, reason: string, options?: ErrorOptions) {
    super(
      `${name} is damaged and cannot be read as ${format}: ${reason}.`,
      'Export the image again from where it came from.',
      options,
    );
  }
}

export class UnsupportedImageError extends CounterpartError {
  readonly code = 'unsupported-image';
  constructor(name: string, what: string) {
    super(
      `${name} uses ${what}, which Counterpart cannot read.`,
      'Save it as an 8- or 16-bit greyscale PNG, a greyscale JPEG or an uncompressed DICOM file.',
    );
  }
}

export class OnlyInBrowserError extends CounterpartError {
  readonly code = 'only-in-browser';
  constructor(name: string, format: ImageFormatName) {
    super(
      `${name} is a ${format} file, which is decoded by the browser and not on the command line.`,
      'Save it as a PNG, then name that.',
    );
  }
}

export class ColourImageError extends CounterpartError {
  readonly code = 'colour-image';
  constructor(name: string) {
    super(
      `${name} is a colour picture, not a radiograph.`,
      'Open the greyscale radiograph itself rather than a photograph or an annotated copy of it.',
    );
  }
}

export class ImageTooSmallError extends CounterpartError {
  readonly code = 'image-too-small';
  constructor(name: string, width: number, height: number) {
    super(
      `${name} is ${width} × ${height} pixels; a radiograph needs at least ${MIN_SIDE} on each side.`,
      'Open the original image rather than a thumbnail.',
    );
  }
}

export class ImageTooLargeError extends CounterpartError {
  readonly code = 'image-too-large';
  constructor(name: string, width: number, height: number) {
    super(
      `${name} is ${width} × ${height} pixels; at most ${MAX_SIDE} on each side and ${MAX_PIXELS / 1e6} megapixels in all can be opened.`,
      'Save a smaller copy, then open that.',
    );
  }
}

export class SizeMismatchError extends CounterpartError {
  readonly code = 'size-mismatch';
  constructor(what: string, expected: readonly [number, number], actual: readonly [number, number]) {
    super(
      `${what} is ${actual[0]} × ${actual[1]} pixels where ${expected[0]} × ${expected[1]} are needed.`,
      'Clear the mask and draw it again on the open radiograph.',
    );
  }
}

/**
 * Refuses sizes outside the limits; called on a file's header, before anything is decoded or allocated.
 * @throws ImageTooSmallError, ImageTooLargeError
 */
export function checkSize(name: string, width: number, height: number): void {
  if (width < MIN_SIDE || height < MIN_SIDE) throw new ImageTooSmallError(name, width, height);
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
    throw new ImageTooLargeError(name, width, height);
}
