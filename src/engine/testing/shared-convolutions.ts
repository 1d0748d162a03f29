/** A small network whose convolutions are worth sharing between threads. */

import { GraphBuilder, noise } from '../graph/builder';

export const SHARED_INPUT = { x: noise([1, 32, 32, 16], 3) };

/** @returns graph and weights of two 3 × 3 convolutions of `SHARED_INPUT` */
export function sharedConvolutions() {
  const g = new GraphBuilder('shared');
  let x = g.input('x', [1, 32, 32, 16]);
  for (let layer = 0; layer < 2; layer++) x = g.conv(x, 16, 16);
  g.output('y', x);
  return { graph: g.build(), weights: g.weights };
}
