/** Choices by a seed, for what benchmarks and training sets draw. */

import { philox } from '../src/counterfactual/random';

/** Uniform numbers in [0, 1) from a seed. */
export function uniform(seed: number): () => number {
  let count = 0;
  return () => philox([count++, 0, 0, 0], [seed >>> 0, 0])[0] / 2 ** 32;
}

/** One of some values, by a uniform number. */
export const picked = <T>(from: readonly T[], random: () => number): T => from[Math.floor(random() * from.length)] as T;
