/**
 * Round dense places of a picture: where even the flattest direction curves downward (the larger eigenvalue of the Hessian,
 * normalised by scale; Lindeberg 1998). A rib or a vessel curves in one direction only and has none.
 */

import { blurredValues } from '../sketch/field';

/** Standard deviations of the scales, in pixels of a picture whose longer side has 256. A blob of radius r answers most at about r / 1.4. */
export const SCALES: readonly number[] = [2.5, 3.5, 5, 7, 10, 14, 20, 28];

/** At every pixel the scale that answers most. */
export interface BlobMap {
  readonly width: number;
  readonly height: number;
  /** Curvature along the flattest direction over what the picture varies around; 0 or less: no blob. */
  readonly strength: Float32Array;
  /** Index into SCALES. */
  readonly scale: Uint8Array;
  /** The same curvature in grey, and that along the steepest direction. */
  readonly flattest: Float32Array;
  readonly steepest: Float32Array;
}

/** Local variation is measured of what is finer than the first, over the second; the floor keeps flat film quiet. */
const FINE = 12;
const AROUND = 20;
const FLOOR = 0.01;

/** @param grey [height x width] in [0, 1], longer side 256 */
export function blobMap(grey: Float32Array, width: number, height: number): BlobMap {
  const strength = new Float32Array(grey.length).fill(-Infinity);
  const [flattest, steepest] = [new Float32Array(grey.length), new Float32Array(grey.length)];
  const scale = new Uint8Array(grey.length);
  const spread = variation(grey, width, height);
  SCALES.forEach((sigma, index) => {
    const smooth = blurredValues(grey, width, height, sigma);
    const weight = sigma ** 2;
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        const i = y * width + x;
        const middle = 2 * (smooth[i] as number);
        const across = (smooth[i - 1] as number) - middle + (smooth[i + 1] as number);
        const down = (smooth[i - width] as number) - middle + (smooth[i + width] as number);
        const mixed =
          ((smooth[i + width + 1] as number) -
            (smooth[i + width - 1] as number) -
            (smooth[i - width + 1] as number) +
            (smooth[i - width - 1] as number)) /
          4;
        const mean = (across + down) / 2;
        const half = Math.sqrt(((across - down) / 2) ** 2 + mixed ** 2);
        const flat = -weight * (mean + half);
        const told = flat / (spread[i] as number);
        if (told <= (strength[i] as number)) continue;
        [strength[i], flattest[i], steepest[i], scale[i]] = [told, flat, -weight * (mean - half), index];
      }
    }
  });
  return { width, height, strength, scale, flattest, steepest };
}

function variation(grey: Float32Array, width: number, height: number): Float32Array {
  const coarse = blurredValues(grey, width, height, FINE);
  const squares = grey.map((value, i) => (value - (coarse[i] as number)) ** 2);
  return blurredValues(squares, width, height, AROUND).map((value) => Math.sqrt(value) + FLOOR);
}

export interface Peak {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** Greatest values first, none nearer to a greater one than `apart`; @param inside whether a pixel may be one */
export function peaksOf(
  { width, height, strength }: Pick<BlobMap, 'width' | 'height' | 'strength'>,
  inside: (x: number, y: number) => boolean,
  most: number,
  apart: number,
): readonly Peak[] {
  const summits: Peak[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const value = strength[y * width + x] as number;
      if (value > 0 && isSummit(strength, width, x, y) && inside(x, y)) summits.push({ x, y, value });
    }
  }
  summits.sort((one, other) => other.value - one.value);
  const kept: Peak[] = [];
  for (const summit of summits) {
    if (kept.length >= most) break;
    if (kept.every(({ x, y }) => Math.hypot(x - summit.x, y - summit.y) >= apart)) kept.push(summit);
  }
  return kept;
}

function isSummit(values: Float32Array, width: number, x: number, y: number): boolean {
  const own = values[y * width + x] as number;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      if ((values[(y + dy) * width + x + dx] as number) > own) return false;
    }
  }
  return true;
}
