/** Where a sampler's noise comes from: the seed, or the seed and what a search has mixed into it. */

import type { NoisePath } from './edit';
import { gaussianNoise } from './random';

/** Standard normal values of one step and draw. */
export type NoiseSource = (step: number, draw: number) => Float32Array;

/** sqrt(1 - rho^2) n + rho xi: still standard normal, for rho in (0, 1]; rho 1 is xi. */
export function mixNoise(noise: Float32Array, fresh: Float32Array, rho: number): Float32Array {
  const kept = Math.sqrt(1 - rho ** 2);
  return noise.map((value, index) => kept * value + rho * (fresh[index] ?? 0));
}

/** The noise of a seed, followed along the path of a search where there is one. */
export function noiseOf(seed: number, length: number, { rho, path }: NoisePath = { rho: 1, path: [] }): NoiseSource {
  return (step, draw) =>
    path.reduce(
      (noise, trial) => mixNoise(noise, gaussianNoise(seed, step, draw, length, trial), rho),
      gaussianNoise(seed, step, draw, length),
    );
}
