/** Numbers in [0, 1) of a seed: the same order for everyone who reads with it. */

import { philox } from '../../counterfactual/random';

const STREAM = 0xb11d;

export function uniformWords(seed: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => philox([at, 0, 0, STREAM], [seed >>> 0, 0])[0] / 0x100000000);
}
