// @vitest-environment node
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from '../../executor';
import { GraphBuilder } from '../../graph/builder';
import { difference } from '../../testing/difference';
import { type Product, productGraph, products } from '../../testing/product-graph';
import { randomGraph } from '../../testing/random-graph';
import { createWasmExecutor } from '../executor';
import type { TileChoice } from '.';

const plain: TileChoice = () => undefined;
const wherePossible =
  (side: 2 | 4): TileChoice =>
  ({ window: { height, width, stride, dilation } }) =>
    height === 3 && width === 3 && stride === 1 && dilation === 1 ? side : undefined;

describe('kernels against the plain interpreter', () => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await createWasmExecutor();
  });
  afterAll(() => executor.dispose());

  it.each([
    ['written out', plain, 1e-4],
    ["by Winograd's tiles of 2", wherePossible(2), 1e-4],
    ["by Winograd's tiles of 4", wherePossible(4), 2e-4],
  ] as const)('products %s', async (_, tileOf, most) => {
    const own = await createWasmExecutor({ tileOf });
    const threeByThree = fc.boolean();
    await fc.assert(
      fc.asyncProperty(products, threeByThree, async (drawn, simple) => {
        const each: Product = simple ? { ...drawn, kernel: 3, stride: 1, dilation: 1 } : drawn;
        const { graph, weights } = productGraph(each);
        expect(await difference(own, graph, weights, each.batch)).toBeLessThan(most);
      }),
      { numRuns: 60 },
    );
    await own.dispose();
  });

  it('products of more rows and columns than one task takes', async () => {
    for (const [from, to, side] of [
      [8, 70, 9],
      [40, 17, 10],
    ] as const) {
      const g = new GraphBuilder('large');
      g.output('y', g.conv(g.node('upsampleNearest', [g.input('x', [1, side, side, from])], { factor: 2 }), from, to));
      g.output('z', g.dense('x', from, to));
      expect(await difference(executor, g.build(), g.weights, 1)).toBeLessThan(2e-4);
    }
  });

  it('attention over any number of queries, keys and features', async () => {
    const size = fc.integer({ min: 1, max: 120 });
    await fc.assert(
      fc.asyncProperty(size, size, size, size, async (queries, keys, features, width) => {
        const g = new GraphBuilder('attention');
        const [q, k, v] = [
          g.input('q', [1, queries, features]),
          g.input('k', [1, keys, features]),
          g.input('v', [1, keys, width]),
        ];
        const straight = { transposeA: false, transposeB: false };
        const scores = g.node('affine', [g.node('matmul', [q, k], { ...straight, transposeB: true })], {
          scale: 2,
          offset: 1,
        });
        g.output('y', g.node('matmul', [g.node('softmax', [scores], {}), v], straight));
        expect(await difference(executor, g.build(), g.weights, 2)).toBeLessThan(1e-4);
      }),
      { numRuns: 15 },
    );
  });

  it('attention survives scores that would overflow an exponential', async () => {
    const g = new GraphBuilder('large scores');
    const x = g.input('x', [1, 7, 5]);
    const scores = g.node('affine', [g.node('matmul', [x, x], { transposeA: false, transposeB: true })], {
      scale: 500,
      offset: 0,
    });
    g.output('y', g.node('matmul', [g.node('softmax', [scores], {}), x], { transposeA: false, transposeB: false }));
    expect(await difference(executor, g.build(), g.weights, 1)).toBeLessThan(1e-4);
  });

  it('elementwise arithmetic over more elements than one task takes, and over parts of a row', async () => {
    const g = new GraphBuilder('long');
    const x = g.input('x', [1, 3, 3001]);
    g.output('flat', g.node('silu', [x], {}));
    g.output('turned', g.node('exp', [g.node('transpose', [x], { permutation: [0, 2, 1] })], {}));
    g.output('cut', g.node('sigmoid', [g.node('slice', [x], { axis: 2, begin: 1, size: 2999 })], {}));
    expect(await difference(executor, g.build(), g.weights, 3)).toBeLessThan(1e-5);
  });

  it('sines and cosines far from zero', async () => {
    const g = new GraphBuilder('phases');
    const x = g.node('affine', [g.input('x', [1, 999])], { scale: 3000, offset: 0 });
    g.output('sine', g.node('sin', [x], {}));
    g.output('cosine', g.node('cos', [x], {}));
    // A float32 near 3000 is itself only known to 2e-4.
    expect(await difference(executor, g.build(), g.weights, 1)).toBeLessThan(3e-4);
  });

  it('graphs that nobody thought of', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 3 }), async (seed, batch) => {
        const { graph, weights } = randomGraph(seed);
        expect(await difference(executor, graph, weights, batch), JSON.stringify(graph)).toBeLessThan(1e-3);
      }),
      { numRuns: 150 },
    );
  });
});
