// @vitest-environment node
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from '../../executor';
import { GraphBuilder, noise } from '../../graph/builder';
import { dawn, whyNoAdapter } from '../../testing/dawn';
import { difference } from '../../testing/difference';
import { productGraph, products } from '../../testing/product-graph';
import { randomGraph } from '../../testing/random-graph';
import { createWgslExecutor } from '../executor';
import { HALF_TILES, TILES, type TileName, uniformSchedule } from '../schedule';
import type { Tile } from './product';
import { narrowed } from './product-direct';
import { workgroupBytes } from './product-tiled';

const gpu = await dawn();
/** Each run compiles a shader of its own: tenths of a second on a software driver, seconds where it has barriers. */
const RUNS = 6;
const RUNS_WITH_BARRIERS = 2;

describe.skipIf(!gpu)(`kernels against the plain interpreter${gpu ? '' : ` (skipped: ${whyNoAdapter})`}`, () => {
  const executors: Executor[] = [];
  const open = async (...schedule: Parameters<typeof uniformSchedule>) => {
    const executor = await createWgslExecutor({ gpu, schedule: uniformSchedule(...schedule) });
    executors.push(executor);
    return executor;
  };
  let executor: Executor;
  beforeAll(async () => {
    executor = await open('direct 4x1');
  });
  afterAll(async () => {
    for (const each of executors) await each.dispose();
  });

  for (const name of Object.keys(TILES) as TileName[])
    for (const parts of [1, 3])
      it(`products by ${name}${parts > 1 ? `, shared by ${String(parts)}` : ''}`, async () => {
        const tile = await open(name, parts);
        await fc.assert(
          fc.asyncProperty(products, async (each) => {
            const { graph, weights } = productGraph(each);
            expect(await difference(tile, graph, weights, each.batch)).toBeLessThan(1e-4);
          }),
          { numRuns: TILES[name].kind === 'tiled' ? RUNS_WITH_BARRIERS : RUNS },
        );
      }, 300_000);

  const transforming = (Object.keys(TILES) as TileName[]).filter((name) => 'winograd' in TILES[name]);
  it.each(transforming)(
    '3x3 windows by %s, over maps that fit no tile, and with all that merges',
    async (name) => {
      const tile = await open(name);
      const windows = fc.record({
        batch: fc.integer({ min: 1, max: 3 }),
        // On both sides of where tiles change from 2 to 4.
        height: fc.constantFrom(4, 5, 17),
        width: fc.constantFrom(7, 19),
        from: fc.integer({ min: 8, max: 13 }),
        joined: fc.constantFrom(0, 6),
        to: fc.integer({ min: 8, max: 11 }),
        kernel: fc.constant(3),
        stride: fc.constant(1),
        dilation: fc.constant(1),
        half: fc.boolean(),
        residual: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(windows, async (each) => {
          const { graph, weights } = productGraph(each);
          expect(await difference(tile, graph, weights, each.batch)).toBeLessThan(1e-4);
        }),
        { numRuns: TILES[name].kind === 'tiled' ? RUNS_WITH_BARRIERS : RUNS },
      );
    },
    300_000,
  );

  it('attention over any number of queries, keys and features', async () => {
    const size = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(size, size, size, size, async (queries, keys, features, width) => {
        const g = new GraphBuilder('attention');
        const [q, k, v] = [
          g.input('q', [1, queries, features]),
          g.input('k', [1, keys, features]),
          g.input('v', [1, keys, width]),
        ];
        const plain = { transposeA: false, transposeB: false };
        const scores = g.node('affine', [g.node('matmul', [q, k], { ...plain, transposeB: true })], {
          scale: 2,
          offset: 1,
        });
        g.output('y', g.node('matmul', [g.node('softmax', [scores], {}), v], plain));
        expect(await difference(executor, g.build(), g.weights, 2)).toBeLessThan(1e-4);
      }),
      { numRuns: RUNS },
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
      { numRuns: 12 },
    );
  });

  it.each([
    [6, 0, 4],
    [7, 4, 3],
    [10, 4, 4],
    [12, 4, 8],
  ])('single rows of %i values of which a slice from %i of %i is read', async (all, begin, size) => {
    const g = new GraphBuilder('sliced row');
    const slice = g.node('slice', [g.input('x', [1, 1, 1, all])], { axis: 3, begin, size });
    g.output('product', g.conv(slice, size, 5, { kernel: 1 }));
    g.output('map', g.node('tanh', [slice], {}));
    for (const batch of [1, 2]) expect(await difference(executor, g.build(), g.weights, batch)).toBeLessThan(1e-4);
  });

  it('the same input gives the same bits, also through shares', async () => {
    const g = new GraphBuilder('bits');
    g.output('y', g.conv(g.input('x', [1, 5, 5, 48]), 48, 8));
    const shared = await open('tiled 32x32', 4);
    const network = await shared.load(g.build(), g.weights);
    const x = noise([1, 5, 5, 48], 1);
    expect(await network.run({ x })).toEqual(await network.run({ x }));
    network.dispose();
  });
});

const halves = gpu && (await gpu.requestAdapter())?.features.has('shader-f16');

describe.skipIf(!halves)(
  `half arithmetic against the plain interpreter${halves ? '' : ' (skipped: no adapter here offers shader-f16)'}`,
  () => {
    it.each(Object.keys(HALF_TILES) as (keyof typeof HALF_TILES)[])(
      'products by %s',
      async (name) => {
        for (const parts of [1, 3]) {
          const executor = await createWgslExecutor({
            gpu,
            schedule: { tile: () => HALF_TILES[name], parts: () => parts },
          });
          await fc.assert(
            fc.asyncProperty(products, async (each) => {
              const { graph, weights } = productGraph(each);
              const error = await difference(executor, graph, weights, each.batch);
              // Eleven bits a factor; sums of up to 16 terms in halves.
              expect(error).toBeLessThan(2e-2);
            }),
            { numRuns: RUNS_WITH_BARRIERS },
          );
          await executor.dispose();
        }
      },
      300_000,
    );

    it('is not float32 under another name', async () => {
      const executor = await createWgslExecutor({
        gpu,
        schedule: { tile: () => HALF_TILES['tiled 32x32'], parts: () => 1 },
      });
      const g = new GraphBuilder('coarse');
      g.output('y', g.conv(g.input('x', [1, 6, 6, 48]), 48, 8));
      expect(await difference(executor, g.build(), g.weights, 1)).toBeGreaterThan(1e-5);
      await executor.dispose();
    });
  },
);

describe.skipIf(!gpu || halves)('half arithmetic where there is none', () => {
  it('is refused by name', async () => {
    await expect(createWgslExecutor({ gpu, halfArithmetic: true })).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringContaining('shader-f16') as string,
    });
  });
});

describe('tiles', () => {
  it('are no wider than the product, and as many invocations', () => {
    expect(narrowed(TILES['direct 4x2'], 1)).toMatchObject({ columns: 1, across: 1, down: 64 });
    expect(narrowed(TILES['direct 4x2'], 3)).toMatchObject({ columns: 2, across: 2, down: 32 });
    expect(narrowed(TILES['direct 4x2'], 9)).toEqual(TILES['direct 4x2']);
    expect(narrowed(TILES['direct 1x1'], 5)).toMatchObject({ columns: 1, across: 8, down: 8 });
  });

  it.each<[string, Tile]>([...Object.entries(TILES), ...Object.entries(HALF_TILES)])(
    '%s stays within what every adapter has',
    (_, tile) => {
      expect(tile.across * tile.down).toBeLessThanOrEqual(256);
      expect(tile.kind === 'tiled' ? workgroupBytes(tile) : 0).toBeLessThanOrEqual(16384);
    },
  );
});
