/**
 * How far the texture of a part lies from that of real lungs that are as bright: a Mahalanobis distance of what sets the part apart from
 * the lungs of its film, so that film, scanner and source cancel. Pure. The reference is made by `node bench/realism.mjs`.
 */

import type { Texture } from './texture';

export interface Measured {
  readonly part: Texture;
  /** Both lungs of the film as it was before anything was done to it. */
  readonly lungs: Texture;
  /** Pixels of the grid. */
  readonly area: number;
  readonly rim: number | undefined;
}

export interface RealismTable {
  /** Grey of the darkest and the brightest part against its lungs: beyond them nothing is known. */
  readonly brightness: readonly number[];
  /** Where too little rim lies in the lungs to be looked at, it counts as this. */
  readonly rim: number;
  /** What is expected: [covariates][features]. */
  readonly coefficients: readonly (readonly number[])[];
  /** Standard deviation of each feature round what is expected. */
  readonly spread: readonly number[];
  /** Inverse of their correlations. */
  readonly precision: readonly (readonly number[])[];
}

/** Of the grid: the area whose logarithm is 0. */
const USUAL_AREA = 4000;

/** What is expected of a part depends on how bright it is against the lungs, and a little on its size. */
export function traitsOf(
  { part, lungs, area, rim }: Measured,
  usualRim: number,
): { readonly covariates: readonly number[]; readonly features: readonly number[] } {
  const brighter = part.grey - lungs.grey;
  return {
    covariates: [1, brighter, brighter ** 2, Math.log(area / USUAL_AREA)],
    features: [...part.values.map((value, k) => value - (lungs.values[k] ?? 0)), rim ?? usualRim],
  };
}

/** Whether the reference holds parts that are as bright, and as dark. */
export function isKnown(
  { part, lungs }: Measured,
  { brightness: [darkest = 0, brightest = 0] }: RealismTable,
): boolean {
  const brighter = part.grey - lungs.grey;
  return brighter >= darkest && brighter <= brightest;
}

/** In standard deviations a feature: about 1 for real lungs. */
export function distanceOf(measured: Measured, { rim, coefficients, spread, precision }: RealismTable): number {
  const { covariates, features } = traitsOf(measured, rim);
  const rest = features.map((value, k) => {
    const expected = covariates.reduce((sum, covariate, c) => sum + covariate * (coefficients[c]?.[k] ?? 0), 0);
    return (value - expected) / (spread[k] ?? 1);
  });
  const square = rest.reduce(
    (sum, value, i) =>
      sum + value * (precision[i] ?? []).reduce((inner, weight, j) => inner + weight * (rest[j] ?? 0), 0),
    0,
  );
  return Math.sqrt(Math.max(0, square) / rest.length);
}
