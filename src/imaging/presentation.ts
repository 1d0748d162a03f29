/** From stored values to light and back: modality rescale, VOI window, photometric interpretation. */

import { SizeMismatchError } from './errors';
import {
  storedRange,
  type Mask,
  type PresentationPixels,
  type Radiograph,
  type StoredPixels,
  type VoiWindow,
} from './radiograph';

export { autoWindow } from './window';

type Displayed = Omit<Radiograph, 'id' | 'name' | 'format' | 'synthetic' | 'notes'>;

/**
 * Presentation grey in [0, 1] of every stored value the pixel type can hold, as a table indexed by
 * `stored + offset`. The window is the linear function of DICOM PS3.3 C.11.2.1.2.1:
 *   x <= c - 0.5 - (w-1)/2  -> 0;  x > c - 0.5 + (w-1)/2  -> 1;  else (x - (c - 0.5)) / (w - 1) + 0.5,
 * with x the modality value; MONOCHROME1 shows 1 minus that.
 */
export function presentationTable(
  r: Displayed,
  window: VoiWindow = r.window,
): { readonly table: Float32Array; readonly offset: number } {
  const signed = r.pixels instanceof Int16Array;
  const offset = signed ? 32768 : 0;
  const table = new Float32Array(r.pixels instanceof Uint8Array ? 256 : 65536);
  const { windowCenter: c, windowWidth: w } = window;
  const low = c - 0.5 - (w - 1) / 2;
  const high = c - 0.5 + (w - 1) / 2;
  const inverted = r.photometricInterpretation === 'MONOCHROME1';
  for (let i = 0; i < table.length; i++) {
    const x = (i - offset) * r.rescaleSlope + r.rescaleIntercept;
    const y = x <= low ? 0 : x > high ? 1 : (x - (c - 0.5)) / (w - 1) + 0.5;
    table[i] = inverted ? 1 - y : y;
  }
  return { table, offset };
}

/** Presentation grey in [0, 1], one value a pixel, row by row, under the radiograph's window or another. */
export function toPresentation(r: Radiograph, window: VoiWindow = r.window): PresentationPixels {
  const { table, offset } = presentationTable(r, window);
  const { pixels } = r;
  const out = new Float32Array(pixels.length);
  for (let i = 0; i < out.length; i++) out[i] = table[(pixels[i] as number) + offset] as number;
  return out;
}

/**
 * Stored units per unit of presentation inside the window, sign included (negative for MONOCHROME1 and for a
 * negative rescale slope). A window of width 1 is a step; it counts as one modality unit wide.
 */
export function presentationSlope(
  r: Pick<Radiograph, 'window' | 'rescaleSlope' | 'photometricInterpretation'>,
): number {
  const perStored = r.rescaleSlope / Math.max(r.window.windowWidth - 1, 1);
  return (r.photometricInterpretation === 'MONOCHROME1' ? -1 : 1) / perStored;
}

/**
 * Adds mask/255 x residual to the radiograph in stored units, rounded to whole values and clipped to what its
 * bits can hold. Where the mask or the residual is 0, the original's bits stay.
 * @param residual native size, row by row, presentation units (1 is the way from black to white)
 * @returns the new stored values and how many of them differ
 * @throws SizeMismatchError when residual or mask are not the radiograph's size
 */
export function addPresentationResidual(
  r: Pick<
    Radiograph,
    'width' | 'height' | 'pixels' | 'bitsStored' | 'signed' | 'window' | 'rescaleSlope' | 'photometricInterpretation'
  >,
  residual: Float32Array,
  mask: Mask,
): { readonly pixels: StoredPixels; readonly changed: number } {
  if (mask.width !== r.width || mask.height !== r.height) {
    throw new SizeMismatchError('The mask', [r.width, r.height], [mask.width, mask.height]);
  }
  if (residual.length !== r.pixels.length) {
    throw new SizeMismatchError('The change', [r.width, r.height], [residual.length / r.height, r.height]);
  }
  const pixels = r.pixels.slice();
  const scale = presentationSlope(r) / 255;
  const [least, greatest] = storedRange(r);
  let changed = 0;
  for (let i = 0; i < pixels.length; i++) {
    const weight = mask.data[i] as number;
    if (weight === 0) continue;
    const before = pixels[i] as number;
    const delta = Math.round((residual[i] as number) * weight * scale);
    // A network that failed numerically must not be able to write noise into the image.
    if (delta === 0 || !Number.isFinite(delta)) continue;
    const after = Math.min(greatest, Math.max(least, before + delta));
    if (after === before) continue;
    pixels[i] = after;
    changed++;
  }
  return { pixels, changed };
}
