/** Whether a PNG may be a mask of a radiograph rather than a radiograph. */

import { isPng } from './png-chunks';
import { decodeGreyPng } from './png-decode';

/** Share of pixels that are black or white in a mask; the rest is a soft rim. */
const EXTREME = 0.9;
/** Above this share of black, or of white, there is nothing to tell a mask by. */
const PLAIN = 0.9999;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whether it is a PNG that says it has this size; nothing is decoded. */
export function isPngOfSize(bytes: Uint8Array, { width, height }: Size): boolean {
  if (!isPng(bytes) || bytes.length < 24) return false;
  // IHDR comes first: width and height follow its length and name.
  const header = new DataView(bytes.buffer, bytes.byteOffset + 16, 8);
  return header.getUint32(0) === width && header.getUint32(4) === height;
}

/** Of the radiograph's very size, nearly all black or white, and some of each. Never throws. */
export function mayBeMask(bytes: Uint8Array, name: string, size: Size): boolean {
  if (!isPngOfSize(bytes, size)) return false;
  try {
    const grey = decodeGreyPng(bytes, name);
    let most = 0;
    for (const value of grey.samples) most = Math.max(most, value);
    let black = 0;
    let white = 0;
    for (const value of grey.samples) {
      if (value === 0) black++;
      else if (value === most) white++;
    }
    const count = grey.samples.length;
    return black + white >= EXTREME * count && Math.max(black, white) < PLAIN * count;
  } catch {
    return false;
  }
}
