/** Choices of a plan that anybody can make again: the same seed, the same plan. */

import { philox } from '../../counterfactual/random';

const STREAM = 0x91a4;

/** Numbers in [0, 1), one after another. */
export function randomOf(seed: number): () => number {
  let at = 0;
  return () => philox([at++, 0, 0, STREAM], [seed >>> 0, 0])[0] / 0x100000000;
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => [random(), item] as const)
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item);
}
