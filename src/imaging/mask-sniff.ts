/** Whether a PNG may be a mask of a radiograph rather than a radiograph. */

import { isPng } from './png-chunks';
import { decodeGreyPng } from './png-decode';

/** Share of pixels that are black or white in a mask; the rest is a soft rim. */
const EXTREME = 0.9;
/** Above this share of black, or of white, there is nothing to tell a mask by. */
const PLAIN = 0.9999;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of the radiograph's very size, nearly all black or white, and some of each. Never throws. */
export function mayBeMask(bytes: Uint8Array, name: string, { width, height }: Size): boolean {
  if (!isPng(bytes)) return false;
  try {
    const grey = decodeGreyPng(bytes, name);
    if (grey.width !== width || grey.height !== height) return false;
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
