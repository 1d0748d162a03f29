/**
 * A radiograph as densities. Its grey is roughly the logarithm of transmission, so what lies behind one another adds up; and it
 * adds in the values as stored, not in what a window makes of them. 0 and 1 are the ends of the window, brighter is denser,
 * nothing is clipped: what the window hides stays there to be added to.
 */

import { storedRange, type Radiograph, type StoredPixels } from '../../imaging/radiograph';
import { straightLine } from '../../imaging/presentation';
import { resizeArea } from '../../imaging/resample';
import type { Box } from './field';

export interface DensityImage {
  readonly width: number;
  readonly height: number;
  /** Row by row. */
  readonly values: Float32Array;
  /** Least and greatest density that the stored bits can hold. */
  readonly range: readonly [number, number];
}

/** Densities at the radiograph's own size. */
export function densityOf(radiograph: Radiograph): DensityImage {
  const { width, height, pixels } = radiograph;
  const { slope, zero, range } = scaleOf(radiograph);
  const values = new Float32Array(pixels.length);
  for (let i = 0; i < values.length; i++) values[i] = ((pixels[i] as number) - zero) / slope;
  return { width, height, values, range };
}

/** The same at another size, by area: what a preview draws on. */
export function densityAt(image: DensityImage, width: number, height: number): DensityImage {
  return { ...image, width, height, values: resizeArea(image.values, image.width, image.height, width, height) };
}

/** Stored units of density 1 (negative where brighter is stored as less), and the stored value of density 0. */
function scaleOf(radiograph: Radiograph): {
  readonly slope: number;
  readonly zero: number;
  readonly range: readonly [number, number];
} {
  const { slope, black: zero } = straightLine(radiograph);
  const ends = storedRange(radiograph).map((stored) => (stored - zero) / slope);
  return { slope, zero, range: [Math.min(...ends), Math.max(...ends)] };
}

/**
 * Stored values with a change of density added, rounded and held in what the bits can carry; untouched where it is 0.
 * @param change [box.height x box.width] @returns the new values and how many of them differ
 */
export function withDensityChange(
  radiograph: Radiograph,
  change: Float32Array,
  box: Box,
): { readonly pixels: StoredPixels; readonly changed: number } {
  const { width } = radiograph;
  const pixels = radiograph.pixels.slice();
  const { slope } = scaleOf(radiograph);
  const [least, greatest] = storedRange(radiograph);
  let changed = 0;
  for (let j = 0, at = 0; j < box.height; j++) {
    for (let i = 0, pixel = (box.y + j) * width + box.x; i < box.width; i++, at++, pixel++) {
      const delta = Math.round((change[at] as number) * slope);
      if (delta === 0 || !Number.isFinite(delta)) continue;
      const before = pixels[pixel] as number;
      const after = Math.min(greatest, Math.max(least, before + delta));
      if (after === before) continue;
      pixels[pixel] = after;
      changed++;
    }
  }
  return { pixels, changed };
}

/** What is added where there is so much room: a little nearly as it is, never more than the room; 0 where there is none. */
export function saturated(added: number, room: number): number {
  return room <= 0 ? 0 : room * (1 - Math.exp(-added / room));
}

/** Of what a film can show, 1: nothing that is drawn comes nearer to white than this. */
export const WHITE = 0.96;

/**
 * What is added over what is dense already, on a film whose heart is nearly white: a little as it is, much no further than white.
 * @param change densities to add in the box, changed in place
 */
export function withoutBurning(change: Float32Array, { values, width }: DensityImage, box: Box): void {
  for (let j = 0, at = 0; j < box.height; j++) {
    for (let i = 0, pixel = (box.y + j) * width + box.x; i < box.width; i++, at++, pixel++) {
      const added = change[at] as number;
      if (added <= 0) continue;
      change[at] = saturated(added, WHITE - (values[pixel] as number));
    }
  }
}
