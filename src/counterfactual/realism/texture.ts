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
  const cells: number[] = [];
  for (let i = 0; i < weight.length; i++) if ((weight[i] as number) > 0) cells.push(i);
  const weights = Float64Array.from(cells, (i) => weight[i] as number);
  return {
    cells: Int32Array.from(cells),
    weights,
    total: Math.max(
      NOTHING,
      weights.reduce((sum, each) => sum + each, 0),
    ),
  };
}

/** Weighted mean of what `of` says of each pixel of the region. */
function mean({ cells, weights, total }: Region, of: (i: number) => number): number {
  let sum = 0;
  for (let k = 0; k < cells.length; k++) sum += (weights[k] as number) * of(cells[k] as number);
  return sum / total;
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
    const value = finer.map((each, i) => each - (coarser[i] as number));
    const at = (i: number): number => value[i] as number;
    const square = mean(region, (i) => at(i) ** 2) + NOTHING;
    energies.push(Math.log(square));
    if (band < PEAKED) peaks.push(Math.log((mean(region, (i) => at(i) ** 4) + NOTHING ** 2) / square ** 2));
    if (band < LAGGED)
      for (const lag of LAGS)
        lags.push(mean(region, (i) => (at(i) * (next(at, i, lag) + below(at, i, lag))) / 2) / square);
    if (band === LINES) {
      lopsided = Math.cbrt(mean(region, (i) => at(i) ** 3) / square ** 1.5);
      lines = linesOf(of(coarser), region);
    }
    finer = coarser;
  });
  return { values: [...energies, ...peaks, lopsided, ...lags, ...lines], grey: mean(region, (i) => data[i] as number) };

  /** 0 beyond the edge. */
  function next(at: (i: number) => number, i: number, lag: number): number {
    return (i % width) + lag < width ? at(i + lag) : 0;
  }
  function below(at: (i: number) => number, i: number, lag: number): number {
    return i + lag * width < width * height ? at(i + lag * width) : 0;
  }
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
