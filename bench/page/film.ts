/** A sample as a film of another size. */

import { type Radiograph, newRadiographId } from '../../src/imaging/radiograph';
import { resizeArea, resizeBicubic } from '../../src/imaging/resample';

/** Of most detectors. */
const BITS = 12;

/** The radiograph [side x side] with 12 bits: cubic where it grows, the mean where it shrinks. Squashed as networks see it. */
export function squared(radiograph: Radiograph, side: number): Radiograph {
  const { width, height, pixels, bitsStored, window } = radiograph;
  const resize = side > Math.min(width, height) ? resizeBicubic : resizeArea;
  const scale = 2 ** (BITS - bitsStored);
  const most = 2 ** BITS - 1;
  const made = resize(Float32Array.from(pixels), width, height, side, side);
  return {
    ...radiograph,
    id: newRadiographId(),
    width: side,
    height: side,
    bitsStored: BITS,
    pixels: Uint16Array.from(made, (value) => Math.min(most, Math.max(0, Math.round(value * scale)))),
    window: { windowCenter: window.windowCenter * scale, windowWidth: window.windowWidth * scale },
  };
}
