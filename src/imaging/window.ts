/** Values of interest: which stored values become black and white. */

import { tableOutput } from './grey-table';
import { storedRange, type Radiograph, type StoredPixels, type VoiWindow } from './radiograph';

type Ranged = Pick<
  Radiograph,
  'pixels' | 'bitsStored' | 'signed' | 'rescaleSlope' | 'rescaleIntercept' | 'modalityTable' | 'pixelPadding'
>;

/** The modality value of a stored one: by the modality table, else by slope and intercept. */
export function modalityValue(
  {
    rescaleSlope,
    rescaleIntercept,
    modalityTable,
  }: Pick<Ranged, 'rescaleSlope' | 'rescaleIntercept' | 'modalityTable'>,
  stored: number,
): number {
  return modalityTable ? tableOutput(modalityTable, stored) : stored * rescaleSlope + rescaleIntercept;
}

/** The window whose lower end is `low` and upper end `high` (modality units) under the linear formula of PS3.3 C.11.2.1.2.1. */
export function windowOfRange(low: number, high: number): VoiWindow {
  return { windowCenter: (low + high + 1) / 2, windowWidth: high - low + 1 };
}

/** First and last modality value that are neither black nor white: the inverse of `windowOfRange`. */
export function rangeOfWindow({ windowCenter, windowWidth }: VoiWindow): readonly [number, number] {
  const half = (windowWidth - 1) / 2;
  return [windowCenter - 0.5 - half, windowCenter - 0.5 + half];
}

/**
 * The modality values below which `lower` and `upper` (fractions) of the pixels lie, pixel padding left out.
 * Exact, by a histogram of stored values. An image of padding alone is treated as if it had none.
 */
export function modalityPercentiles(r: Ranged, lower: number, upper: number): readonly [number, number] {
  const histogram = histogramOf(r.pixels);
  const [padLow, padHigh] = r.pixelPadding ?? [1, 0];
  const counted = countOutside(histogram, padLow, padHigh);
  const skip = counted > 0 ? ([padLow, padHigh] as const) : ([1, 0] as const);
  const total = counted > 0 ? counted : r.pixels.length;
  const a = modalityValue(r, quantile(histogram, skip, lower * (total - 1)));
  const b = modalityValue(r, quantile(histogram, skip, upper * (total - 1)));
  return a <= b ? [a, b] : [b, a];
}

/** A window from the 0.5th to the 99.5th percentile of the modality values, for files that state none. */
export function autoWindow(r: Ranged): VoiWindow {
  const [low, high] = modalityPercentiles(r, 0.005, 0.995);
  return windowOfRange(low, Math.max(high, low + Math.abs(r.rescaleSlope)));
}

/** The window under which every value the bits can hold keeps its own grey. */
export function fullWindow(r: Pick<Radiograph, 'bitsStored' | 'signed'>): VoiWindow {
  return windowOfRange(...storedRange(r));
}

const OFFSET = 32768;

/** Counts of the stored values -32768 to 65535, the value 0 at index 32768. */
function histogramOf(pixels: StoredPixels): Uint32Array {
  const histogram = new Uint32Array(OFFSET + 65536);
  for (let i = 0; i < pixels.length; i++) {
    const bin = (pixels[i] as number) + OFFSET;
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  return histogram;
}

function countOutside(histogram: Uint32Array, low: number, high: number): number {
  let count = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    const value = bin - OFFSET;
    if (value < low || value > high) count += histogram[bin] as number;
  }
  return count;
}

/** The value of the pixel of the given rank (0 is the least), values in `skip` not counted. */
function quantile(histogram: Uint32Array, skip: readonly [number, number], rank: number): number {
  let seen = 0;
  let last = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    const value = bin - OFFSET;
    const count = histogram[bin] as number;
    if (count === 0 || (value >= skip[0] && value <= skip[1])) continue;
    seen += count;
    last = value;
    if (seen > rank) break;
  }
  return last;
}
