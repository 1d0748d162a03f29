// @vitest-environment node
import { afterAll, describe, expect, it } from 'vitest';
import { GraphBuilder, noise } from '../graph/builder';
import { dawn, whyNoAdapter } from '../testing/dawn';
import { createWgslExecutor } from './executor';
import type { Product } from './kernels/product';
import { refine, type Refinable } from './refine';
import { type Schedule, TILES } from './schedule';
import type { EngineMemory } from '../keep';
import { parseStored, scheduleOf, type StoredSchedule } from './stored-schedule';

/** A product that a tile of `fastest` computes in 1 ms and others in 2. */
function product(key: string, cost: number, fastest: keyof typeof TILES): Refinable & { asked: number } {
  const made = {
    key,
    cost,
    transformed: false,
    choice: { tile: 'direct 4x2', parts: 2 } as const,
    asked: 0,
    time: (schedule: Schedule) => {
      made.asked++;
      return Promise.resolve(
        schedule.tile({} as Product) === TILES[fastest] && schedule.parts({} as Product) === 1 ? 1 : 2,
      );
    },
  };
  return made;
}
const unhurried = { signal: new AbortController().signal, budgetMs: 1000, now: () => 0 };

describe('looking for faster kernels', () => {
  it('finds the fastest for each product, the costliest first', async () => {
    const found = await refine([product('small', 1, 'direct 1x1'), product('large', 9, 'tiled 64x64')], {}, unhurried);
    expect(Object.entries(found)).toEqual([
      ['large', { tile: 'tiled 64x64', parts: 1 }],
      ['small', { tile: 'direct 1x1', parts: 1 }],
    ]);
  });

  it('keeps the present kernel where another is hardly faster', async () => {
    const close: Refinable = {
      ...product('close', 1, 'direct 1x1'),
      time: (schedule) => Promise.resolve(schedule.tile({} as Product) === TILES['direct 4x2'] ? 1 : 0.95),
    };
    expect(await refine([close], {}, unhurried)).toEqual({ close: close.choice });
  });

  it('looks at nothing twice', async () => {
    const known = product('known', 1, 'direct 1x1');
    const twin = [product('twin', 2, 'direct 1x1'), product('twin', 2, 'direct 1x1')] as const;
    await refine([known, ...twin], { known: true }, unhurried);
    expect([known.asked, Math.min(...twin.map(({ asked }) => asked))]).toEqual([0, 0]);
  });

  it('stops when told and when its time is up, and keeps only what it has finished', async () => {
    const abort = new AbortController();
    const first = product('first', 9, 'direct 1x1');
    const second: Refinable = {
      ...product('second', 1, 'direct 1x1'),
      time: () => {
        abort.abort();
        return Promise.resolve(1);
      },
    };
    expect(Object.keys(await refine([first, second], {}, { ...unhurried, signal: abort.signal }))).toEqual(['first']);
    let time = 0;
    expect(await refine([first], {}, { ...unhurried, budgetMs: 3, now: () => time++ })).toEqual({});
  });
});

describe('a stored schedule', () => {
  it('is refused where it is not as this version writes it', () => {
    const stored: StoredSchedule = { family: 'tiled', products: { a: { tile: 'direct 1x1', parts: 2 } } };
    expect(parseStored(stored)).toEqual(stored);
    expect(parseStored({ ...stored, family: 'gone' })).toBeUndefined();
    expect(parseStored({ ...stored, products: { a: { tile: 'direct 9x9', parts: 2 } } })).toBeUndefined();
    expect(parseStored(undefined)).toBeUndefined();
  });
});

const gpu = await dawn();

describe.skipIf(!gpu)(`remembering a schedule${gpu ? '' : ` (skipped: ${whyNoAdapter})`}`, () => {
  const kept = new Map<string, unknown>();
  let writes = 0;
  const memory: EngineMemory = {
    read: (key) => Promise.resolve(kept.get(key)),
    write: (key, value) => {
      writes++;
      kept.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
  const executors: { dispose(): Promise<void> }[] = [];
  afterAll(async () => {
    for (const each of executors) await each.dispose();
  });
  const open = async () => {
    const executor = await createWgslExecutor({ gpu, memory });
    executors.push(executor);
    return executor;
  };
  const convolution = () => {
    const g = new GraphBuilder('two');
    const x = g.input('x', [1, 8, 8, 8]);
    g.output('y', g.node('relu', [g.node('add', [g.conv(g.conv(x, 8, 12), 12, 8), x], {})], {}));
    return { graph: g.build(), weights: g.weights };
  };

  it('measures at the first start only', async () => {
    await open();
    expect(writes).toBe(1);
    await open();
    expect(writes).toBe(1);
  });

  it('times the products of loaded networks alone, remembers what is best, and computes the same with it', async () => {
    const executor = await open();
    const { graph, weights } = convolution();
    const network = await executor.load(graph, weights);
    const inputs = { x: noise([1, 8, 8, 8], 1) };
    const before = await network.run(inputs);
    const options = { signal: new AbortController().signal, budgetMs: 120_000 };
    expect(await executor.refine(options)).toBe(0);
    const held = executor.memory();
    expect(await executor.refine(options, 0)).toBe(2);
    // Weights that only a trial needed are gone.
    expect(executor.memory()).toEqual(held);
    expect(await executor.refine(options, 0)).toBe(0);
    const stored = parseStored([...kept.values()][0]);
    expect(Object.keys(stored?.products ?? {})).toHaveLength(2);
    const again = await (await open()).load(graph, weights);
    const after = await again.run(inputs);
    for (const [i, value] of before['y']!.data.entries()) expect(after['y']!.data[i]).toBeCloseTo(value, 4);
  }, 300_000);

  it('prefers what is remembered of a product to its family', () => {
    const stored: StoredSchedule = { family: 'direct, whole', products: {} };
    const schedule = scheduleOf(stored);
    const { recipe, window } = {
      recipe: { columns: 8, sources: [8] },
      window: { height: 1, width: 1, stride: 1, dilation: 1 },
    };
    const one = { parts: 1, write: { shape: [1, 4, 4, 8] }, recipe, window } as unknown as Product;
    expect(schedule.tile(one)).toBe(TILES['direct 4x2']);
    const key = '16x8 of 8 by 1x1/1/1';
    const refined = scheduleOf({ ...stored, products: { [key]: { tile: 'tiled 32x32', parts: 3 } } });
    expect([refined.tile(one), refined.parts(one)]).toEqual([TILES['tiled 32x32'], 3]);
  });
});
