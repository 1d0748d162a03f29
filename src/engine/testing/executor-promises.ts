/** What every executor of ours promises of a loaded network, as tests; and the small network that they run. */

import { expect, it } from 'vitest';
import type { LoadOptions, Network } from '../executor';
import { GraphBuilder, noise } from '../graph/builder';
import type { Tensor } from '../tensor';

/** Two convolutions around a mean; input x [1,6,6,5], output y [1,6,6,7]. */
export function small() {
  const g = new GraphBuilder('small');
  const x = g.input('x', [1, 6, 6, 5]);
  const mean = g.node('mean', [x], { axes: [1, 2], keepDims: true });
  g.output('y', g.node('relu', [g.conv(g.node('add', [x, mean], {}), 5, 7)], {}));
  return { graph: g.build(), weights: g.weights };
}
export const input = (batch: number) => ({ x: noise([batch, 6, 6, 5], 3) });
/** One image of a batch. */
export const row = ({ data }: Tensor, batch: number, index: number) =>
  data.slice((data.length / batch) * index, (data.length / batch) * (index + 1));

/** Declares the tests. @param load loads `small()` */
export function keepsThePromisesOfNetworks(load: (options?: LoadOptions) => Promise<Network>): void {
  it('tells how far the preparation is', async () => {
    const progress: number[] = [];
    const network = await load({ onProgress: (fraction) => progress.push(fraction) });
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    network.dispose();
  });

  it('gives each image of a batch the bits that it gets alone, and runs that overlap do not disturb each other', async () => {
    const network = await load();
    const both = input(2);
    const alone = [0, 1].map((i) => network.run({ x: { shape: [1, 6, 6, 5], data: row(both.x, 2, i) } }));
    const [{ y: together }, ...single] = await Promise.all([network.run(both), ...alone]);
    for (const [i, { y }] of single.entries()) expect(y?.data).toEqual(row(together!, 2, i));
    network.dispose();
  });

  it('does not look at its inputs again after the call', async () => {
    const network = await load();
    const expected = await network.run(input(1));
    const inputs = input(1);
    const pending = network.run(inputs);
    inputs.x.data.fill(0);
    expect(await pending).toEqual(expected);
    network.dispose();
  });
}
