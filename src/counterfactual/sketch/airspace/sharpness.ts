/**
 * How sharp and how busy a film's lungs are, so that what is drawn is no sharper and no busier: differences between pixels a
 * little apart (the structure function). Where a film is blurred they fall off with the distance itself, where it is sharp with its root.
 */

import type { Chest } from '../chest';
import type { DensityImage } from '../density';
import { CHEST_GRID } from '../field';

export interface Sharpness {
  /** Standard deviation of the film's own blur in its pixels, at the least. */
  readonly blurPixels: number;
  /** Root mean square difference of densities FINE_MM apart. */
  readonly detail: number;
}

/** About as far as a septal line, a plate or a small vessel is wide. */
const FINE_MM = 1.6;
/** Cells that count as lung. */
const LUNG = 0.9;
/** Ratio of the squared differences at one and at two pixels in a sharp film, and pixels of blur for each less of it; by eye on ten films. */
const SHARP_RATIO = 0.43;
const BLUR_PER_RATIO = 6;

export function sharpnessOf({ width, height, values }: DensityImage, chest: Chest): Sharpness {
  const fine = Math.max(1, Math.round((FINE_MM / chest.millimetresPerRow / CHEST_GRID) * height));
  const [right, left] = [chest.right.share.data, chest.left.share.data];
  const sums = [0, 0, 0];
  let count = 0;
  for (let row = 1; row < CHEST_GRID; row += 2) {
    for (let column = 1; column < CHEST_GRID; column += 2) {
      const cell = row * CHEST_GRID + column;
      if ((right[cell] as number) < LUNG && (left[cell] as number) < LUNG) continue;
      const [x, y] = [Math.floor((column / CHEST_GRID) * width), Math.floor((row / CHEST_GRID) * height)];
      const value = values[y * width + x] as number;
      count++;
      [1, 2, fine].forEach((far, at) => {
        const across = (values[y * width + Math.min(width - 1, x + far)] as number) - value;
        const down = (values[Math.min(height - 1, y + far) * width + x] as number) - value;
        sums[at] = (sums[at] as number) + (across * across + down * down) / 2;
      });
    }
  }
  const [near, far, detail] = sums as [number, number, number];
  if (count === 0 || far === 0) return { blurPixels: 0.5, detail: 0 };
  const blur = 0.4 + BLUR_PER_RATIO * (SHARP_RATIO - near / far);
  return { blurPixels: Math.min(1.6, Math.max(0.4, blur)), detail: Math.sqrt(detail / count) };
}
