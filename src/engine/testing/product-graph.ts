/** Random convolutions, for properties. */

import fc from 'fast-check';
import { GraphBuilder } from '../graph/builder';

/** Convolutions as networks have them, with everything that merges, over shapes that fit no tile. */
export const products = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 1, max: 9 }),
  width: fc.integer({ min: 1, max: 9 }),
  from: fc.integer({ min: 1, max: 21 }),
  joined: fc.integer({ min: 0, max: 9 }),
  to: fc.integer({ min: 1, max: 37 }),
  kernel: fc.constantFrom(1, 3, 5),
  stride: fc.integer({ min: 1, max: 2 }),
  dilation: fc.integer({ min: 1, max: 2 }),
  half: fc.boolean(),
  residual: fc.boolean(),
});
export type Product = typeof products extends fc.Arbitrary<infer Case> ? Case : never;

export function productGraph({ height, width, from, joined, to, kernel, stride, dilation, half, residual }: Product) {
  const g = new GraphBuilder('product');
  const x = g.input('x', [1, height, width, from]);
  const parts = joined > 0 ? [x, g.input('z', [1, height, width, joined])] : [x];
  const source = g.node('relu', [g.node('concat', parts, { axis: 3 })], {});
  // Stride and dilation exclude each other in the format.
  const conv = g.conv(source, from + joined, to, { kernel, stride: dilation > 1 ? 1 : stride, dilation });
  const scaled = g.node('multiply', [conv, g.weight([to], 1)], {});
  g.output('y', residual ? g.node('add', [g.node('silu', [scaled], {}), g.weight([1], 1)], {}) : scaled);
  if (half)
    for (const { data } of g.weights.values()) data.forEach((value, i) => (data[i] = Math.round(value * 64) / 64));
  return { graph: g.build(), weights: g.weights };
}
