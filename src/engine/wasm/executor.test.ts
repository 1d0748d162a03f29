// @vitest-environment node
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from '../executor';
import { GraphBuilder, noise } from '../graph/builder';
import { input, keepsThePromisesOfNetworks, small } from '../testing/executor-promises';
import { createWasmExecutor } from './executor';

describe('the executor on our kernels on the CPU', () => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await createWasmExecutor();
  });
  afterAll(() => executor.dispose());
  const load = (options?: Parameters<Executor['load']>[2]) => {
    const { graph, weights } = small();
    return executor.load(graph, weights, options);
  };

  keepsThePromisesOfNetworks(load);

  it('says what it runs on', () => {
    expect(executor).toMatchObject({ backend: 'wasm', kernels: 'simd', device: 'CPU, 1 thread' });
  });

  it('says what the browser withholds, and computes without it', async () => {
    const { graph, weights } = small();
    const features = { simd: true, threads: false, fused: false };
    const without = await createWasmExecutor({ threads: 4, features });
    expect(without).toMatchObject({ device: 'CPU, 1 thread', lacks: ['threads', 'fused'] });
    const [theirs, ours] = [await without.load(graph, weights), await load()];
    const [given, wanted] = [await theirs.run(input(1)), await ours.run(input(1))];
    for (const [name, { data }] of Object.entries(wanted))
      for (const [i, value] of data.entries()) expect(given[name]?.data[i]).toBeCloseTo(value, 4);
    ours.dispose();
    await without.dispose();
    expect(await createWasmExecutor({ features: { ...features, threads: true, fused: false } })).toMatchObject({
      lacks: ['fused'],
    });
  });

  it('takes no memory while it runs, and keeps none of what was closed', async () => {
    const before = executor.memory();
    const network = await load();
    await network.run(input(2));
    const ready = executor.memory();
    for (const batch of [1, 2, 1]) await network.run(input(batch));
    expect(executor.memory()).toEqual(ready);
    network.dispose();
    network.dispose();
    expect(executor.memory()).toEqual(before);
    await expect(network.run(input(1))).rejects.toMatchObject({ code: 'aborted' });
  });

  it('names a missing input, another shape, a missing weight and an unknown op', async () => {
    const network = await load();
    await expect(network.run({})).rejects.toMatchObject({ code: 'missing-input' });
    await expect(network.run({ x: noise([1, 6, 5, 5], 1) })).rejects.toMatchObject({ code: 'shape-mismatch' });
    network.dispose();
    const { graph, weights } = small();
    await expect(executor.load(graph, new Map())).rejects.toMatchObject({ code: 'weight-missing' });
    const foreign = { ...graph, nodes: [{ ...graph.nodes[0], op: 'fourier' } as never] };
    await expect(executor.load(foreign, weights)).rejects.toMatchObject({ code: 'unsupported-op' });
    expect(executor.memory().tensors).toBe(0);
  });

  it('stops for a signal, before it starts and in the middle', async () => {
    const network = await load();
    await expect(network.run(input(1), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    network.dispose();
    const g = new GraphBuilder('long');
    let x = g.input('x', [1, 64, 64, 32]);
    for (let layer = 0; layer < 60; layer++) x = g.conv(x, 32, 32);
    g.output('y', x);
    const long = await executor.load(g.build(), g.weights);
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 1);
    const cancelled = long.run({ x: noise([1, 64, 64, 32], 5, 0.1) }, { signal: cancel.signal });
    await expect(cancelled).rejects.toMatchObject({ code: 'aborted' });
    long.dispose();
  });

  it('says where an output is not finite, and runs on', async () => {
    const g = new GraphBuilder('overflow');
    g.output('y', g.node('affine', [g.input('x', [1, 2])], { scale: 1e38, offset: 0 }));
    const network = await executor.load(g.build(), g.weights);
    const x = { shape: [1, 2], data: Float32Array.of(1, 100) };
    await expect(network.run({ x })).rejects.toMatchObject({ code: 'non-finite-output' });
    expect((await network.run({ x: { ...x, data: Float32Array.of(1, 2) } })).y?.data[1]).toBeCloseTo(2e38, -32);
    network.dispose();
  });

  it('says out of memory where a batch cannot fit, and still runs a smaller one', async () => {
    const g = new GraphBuilder('wide');
    g.output('y', g.node('upsampleNearest', [g.input('x', [1, 8, 8, 64])], { factor: 32 }));
    const network = await executor.load(g.build(), g.weights);
    const x = (batch: number) => ({ shape: [batch, 8, 8, 64], data: new Float32Array(batch * 4096) });
    // 16 MiB each; a memory holds 1 GiB.
    await expect(network.run({ x: x(80) })).rejects.toMatchObject({ code: 'out-of-memory' });
    expect((await network.run({ x: x(1) })).y?.shape).toEqual([1, 256, 256, 64]);
    network.dispose();
  });

  it('hands out an input that is also an output', async () => {
    const g = new GraphBuilder('echo');
    g.output('same', g.input('x', [1, 3]));
    g.output('twice', g.node('affine', ['x'], { scale: 2, offset: 0 }));
    const network = await executor.load(g.build(), g.weights);
    const out = await network.run({ x: { shape: [1, 3], data: Float32Array.of(1, 2, 3) } });
    expect([...out.same!.data]).toEqual([1, 2, 3]);
    expect([...out.twice!.data]).toEqual([2, 4, 6]);
    network.dispose();
  });

  it('is refused by name where WebAssembly lacks SIMD', async () => {
    const features = { simd: false, fused: false, threads: false };
    await expect(createWasmExecutor({ features })).rejects.toMatchObject({ code: 'backend-unavailable' });
  });

  it('refuses to load once it is closed', async () => {
    const closed = await createWasmExecutor();
    await closed.dispose();
    const { graph, weights } = small();
    await expect(closed.load(graph, weights)).rejects.toMatchObject({ code: 'backend-failed' });
  });
});
