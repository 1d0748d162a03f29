/**
 * The texture of one part of an image in eighteen numbers: how much of each band there is, how peaked and how lopsided, how a band goes
 * on from pixel to pixel, and what curves and lines there are. Pure; grey in [-1, 1] on the networks' grid. What does not
 * depend on where the part lies or on the film's contrast is left to distance.ts.
 */

import { gaussian, slopes, type Patch } from './patch';

/** Where one band ends and the next begins, standard deviations in pixels of the grid. */
const BAND_SIGMAS = [0.7, 1.2, 2, 3.5, 6] as const;
/** The first so many are looked at for peaks, and for how they go on. */
const PEAKED = 3;
const LAGGED = 2;
const LAGS = [1, 2, 4] as const;
/** The band whose lopsidedness tells bright marks from dark ones, and at whose end lines are looked at. */
const LINES = 1;

/** By which a part must be surrounded so that its bands do not meet the edge of what was cut out. */
export const MARGIN = 16;

const NOTHING = 1e-9;

/** Names in the order of `Texture.values`. */
export const FEATURES: readonly string[] = [
  ...BAND_SIGMAS.map((_, band) => `energy of band ${String(band)}`),
  ...Array.from({ length: PEAKED }, (_, band) => `peaks of band ${String(band)}`),
  'lopsidedness',
  ...Array.from({ length: LAGGED }).flatMap((_, band) => LAGS.map((lag) => `band ${String(band)} ${String(lag)} on`)),
  'bright lines',
  'lines',
  'peaks of slopes',
];

export interface Texture {
  /** In the order of FEATURES. */
  readonly values: readonly number[];
  /** Mean grey. */
  readonly grey: number;
}

interface Region {
  readonly cells: Int32Array;
  readonly weights: Float64Array;
  readonly total: number;
}

function regionOf(weight: Float32Array): Region {
  const found = new Int32Array(weight.length);
  let count = 0;
  for (let i = 0; i < weight.length; i++) if ((weight[i] as number) > 0) found[count++] = i;
  const cells = found.slice(0, count);
  const weights = new Float64Array(count);
  let total = 0;
  for (let k = 0; k < count; k++) total += weights[k] = weight[cells[k] as number] as number;
  return { cells, weights, total: Math.max(NOTHING, total) };
}

/** Weighted means over the region of what is told from a band. */
interface BandMeans {
  readonly square: number;
  readonly cube: number;
  readonly fourth: number;
  /** Of each of LAGS: the value times the mean of those so far on to the right and below, 0 beyond the edge. */
  readonly lags: readonly number[];
}

/** @param band of which no more is told than is asked of it */
function meansOf({ width, height, data }: Patch, { cells, weights, total }: Region, band: number): BandMeans {
  let [square, cube, fourth] = [0, 0, 0];
  const lags = new Float64Array(LAGS.length);
  for (let k = 0; k < cells.length; k++) {
    const i = cells[k] as number;
    const weight = weights[k] as number;
    const value = data[i] as number;
    // Products: powers are not told to the last bit in every browser, and cost as much as all else here.
    const squared = value * value;
    square += weight * squared;
    if (band === LINES) cube += weight * (squared * value);
    if (band < PEAKED) fourth += weight * (squared * squared);
    if (band >= LAGGED) continue;
    const x = i % width;
    for (let lag = 0; lag < LAGS.length; lag++) {
      const on = LAGS[lag] as number;
      const next = x + on < width ? (data[i + on] as number) : 0;
      const below = i + on * width < width * height ? (data[i + on * width] as number) : 0;
      lags[lag] = (lags[lag] as number) + weight * ((value * (next + below)) / 2);
    }
  }
  return {
    square: square / total,
    cube: cube / total,
    fourth: fourth / total,
    lags: Array.from(lags, (sum) => sum / total),
  };
}

/** @param weight of the image's size, 0 to 1: where the part is */
export function textureOf(image: Patch, weight: Float32Array): Texture {
  const { width, height, data } = image;
  const region = regionOf(weight);
  const of = (values: Float32Array): Patch => ({ width, height, data: values });
  const [energies, peaks, lags]: [number[], number[], number[]] = [[], [], []];
  let lopsided = 0;
  let lines: readonly number[] = [];
  let finer = data;
  BAND_SIGMAS.forEach((sigma, band) => {
    // From the one before: what is blurred already needs less.
    const coarser = gaussian(of(finer), Math.sqrt(sigma ** 2 - (BAND_SIGMAS[band - 1] ?? 0) ** 2));
    const value = new Float32Array(finer.length);
    for (let i = 0; i < value.length; i++) value[i] = (finer[i] as number) - (coarser[i] as number);
    const means = meansOf(of(value), region, band);
    const square = means.square + NOTHING;
    energies.push(Math.log(square));
    if (band < PEAKED) peaks.push(Math.log((means.fourth + NOTHING ** 2) / square ** 2));
    if (band < LAGGED) lags.push(...means.lags.map((mean) => mean / square));
    if (band === LINES) {
      lopsided = Math.cbrt(means.cube / square ** 1.5);
      lines = linesOf(of(coarser), region);
    }
    finer = coarser;
  });
  let grey = 0;
  for (let k = 0; k < region.cells.length; k++)
    grey += (region.weights[k] as number) * (data[region.cells[k] as number] as number);
  return { values: [...energies, ...peaks, lopsided, ...lags, ...lines], grey: grey / region.total };
}

/** Bright lines bend down across themselves, dark ones up, and along them hardly. */
function linesOf(smooth: Patch, region: Region): readonly number[] {
  const { dx, dy } = slopes(smooth);
  const [hx, hy] = [slopes({ ...smooth, data: dx }), slopes({ ...smooth, data: dy })];
  let [bright, dark, bent, lined, energy, quad] = [0, 0, 0, 0, 0, 0];
  const { cells, weights, total } = region;
  for (let k = 0; k < cells.length; k++) {
    const [i, own] = [cells[k] as number, (weights[k] as number) / total];
    const [a, b, c] = [hx.dx[i] as number, hy.dy[i] as number, hx.dy[i] as number];
    const [middle, half] = [(a + b) / 2, Math.sqrt(((a - b) / 2) ** 2 + c * c)];
    const [low, high] = [middle - half, middle + half];
    bright += own * Math.max(0, -low - Math.abs(high)) ** 2;
    dark += own * Math.max(0, high - Math.abs(low)) ** 2;
    bent += own * (low * low + high * high);
    lined += own * (Math.abs(low) - Math.abs(high)) ** 2;
    const slope = (dx[i] as number) ** 2 + (dy[i] as number) ** 2;
    energy += own * slope;
    quad += own * slope * slope;
  }
  return [
    Math.log((bright + NOTHING ** 1.5) / (dark + NOTHING ** 1.5)),
    lined / (bent + NOTHING),
    Math.log((quad + NOTHING ** 2) / (energy + NOTHING) ** 2),
  ];
}

/** Least rim inside the lungs, in summed steps of the mask, from which it is looked at. */
const LEAST_RIM = 20;

/** Log of slope across the mask's rim over slope along it, inside the lungs; undefined where too little rim lies there. */
export function rimOf(image: Patch, mask: Float32Array, lungs: Float32Array): number | undefined {
  const { width, height } = image;
  const { dx, dy } = slopes({ ...image, data: gaussian(image, BAND_SIGMAS[LINES]) });
  let [across, along, total] = [0, 0, 0];
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const nx = (mask[i + 1] as number) - (mask[i - 1] as number);
      const ny = (mask[i + width] as number) - (mask[i - width] as number);
      const step = Math.sqrt(nx * nx + ny * ny);
      const weight = step * (lungs[i] as number);
      if (weight < 1e-4) continue;
      const [gx, gy] = [dx[i] as number, dy[i] as number];
      across += weight * ((gx * nx + gy * ny) / step) ** 2;
      along += weight * ((gx * ny - gy * nx) / step) ** 2;
      total += weight;
    }
  return total < LEAST_RIM ? undefined : Math.log((across + NOTHING) / (along + NOTHING));
}
