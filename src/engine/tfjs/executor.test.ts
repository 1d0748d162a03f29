// @vitest-environment node
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from '../executor';
import { GraphBuilder, noise } from '../graph/builder';
import { smallUnet } from '../testing/small-unet';
import type { Tensor } from '../tensor';
import { createTfjsExecutor } from './executor';

let executor: Executor;
beforeAll(async () => {
  executor = await createTfjsExecutor('wasm');
});
afterAll(() => executor.dispose());

const unet = smallUnet();
function unetInputs(batch: number): Record<string, Tensor> {
  return {
    latent: noise([batch, 16, 16, 4], 11),
    time: noise([batch, 1], 12),
    tokens: noise([batch, 5, 16], 13),
  };
}
const rowsOf = ({ data }: Tensor, batch: number, row: number) =>
  data.slice((data.length / batch) * row, (data.length / batch) * (row + 1));

describe('the tfjs executor on wasm', () => {
  it('says what it runs on', () => {
    expect(executor.backend).toBe('wasm');
    expect(executor.device).toMatch(/^CPU, \d+ threads?$/);
  });

  it('leaves nothing behind but the weights after a run, and nothing at all after dispose', async () => {
    const before = memory().numTensors;
    const network = await executor.load(unet.graph, unet.weights);
    expect(memory().numTensors).toBe(before + unet.weights.size);
    await network.run(unetInputs(1));
    await network.run(unetInputs(2));
    expect(memory().numTensors).toBe(before + unet.weights.size);
    network.dispose();
    network.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('keeps no weight of a network of which one could not be uploaded', async () => {
    const before = memory().numTensors;
    const [name, { shape }] = [...unet.weights].at(-1)!;
    const broken = new Map(unet.weights).set(name, { shape, data: new Float32Array(1) });
    await expect(executor.load(unet.graph, broken)).rejects.toMatchObject({ code: 'backend-failed' });
    expect(memory().numTensors).toBe(before);
  });

  it('gives each image of a batch what it gets alone', async () => {
    const network = await executor.load(unet.graph, unet.weights);
    const both = unetInputs(2);
    const { velocity: together } = await network.run(both);
    expect(together?.shape).toEqual([2, 16, 16, 4]);
    for (const row of [0, 1]) {
      const one = Object.fromEntries(
        Object.entries(both).map(([name, t]) => [name, { shape: [1, ...t.shape.slice(1)], data: rowsOf(t, 2, row) }]),
      );
      const { velocity: alone } = await network.run(one);
      const joint = rowsOf(together as Tensor, 2, row);
      expect(Math.max(...joint.map((value, i) => Math.abs(value - (alone?.data[i] ?? Number.NaN))))).toBeLessThan(1e-5);
    }
    network.dispose();
  });

  it('keeps several networks at once, and runs them interleaved', async () => {
    const first = await executor.load(unet.graph, unet.weights);
    const other = smallUnet(8);
    const second = await executor.load(other.graph, other.weights);
    const alone = await first.run(unetInputs(1));
    const [a, b] = await Promise.all([
      first.run(unetInputs(1)),
      second.run({ ...unetInputs(1), latent: noise([1, 8, 8, 4], 3) }),
    ]);
    expect(a).toEqual(alone);
    expect(b.velocity?.shape).toEqual([1, 8, 8, 4]);
    first.dispose();
    second.dispose();
  });

  it('does not look at its inputs again after the call', async () => {
    const network = await executor.load(unet.graph, unet.weights);
    const expected = await network.run(unetInputs(1));
    const inputs = unetInputs(1);
    const pending = network.run(inputs);
    inputs.latent?.data.fill(0);
    expect(await pending).toEqual(expected);
    network.dispose();
  });

  it('hands out an input that is also an output', async () => {
    const g = new GraphBuilder('echo');
    g.output('same', g.input('x', [1, 3]));
    g.output('twice', g.node('affine', ['x'], { scale: 2, offset: 0 }));
    g.output('copy', g.node('affine', ['x'], { scale: 1, offset: 0 }));
    const network = await executor.load(g.build(), g.weights);
    const out = await network.run({ x: { shape: [1, 3], data: Float32Array.of(1, 2, 3) } });
    expect([...(out.same?.data ?? [])]).toEqual([1, 2, 3]);
    expect([...(out.twice?.data ?? [])]).toEqual([2, 4, 6]);
    expect([...(out.copy?.data ?? [])]).toEqual([1, 2, 3]);
    network.dispose();
  });
});

describe('a run that cannot end well', () => {
  it('names the missing input', async () => {
    const network = await executor.load(unet.graph, unet.weights);
    const { tokens: _, ...rest } = unetInputs(1);
    await expect(network.run(rest)).rejects.toMatchObject({
      code: 'missing-input',
      message: expect.stringContaining('"tokens"') as string,
    });
    network.dispose();
  });

  it('names the input of another shape, of another batch, or with too few values', async () => {
    const network = await executor.load(unet.graph, unet.weights);
    const wrong: Record<string, Tensor>[] = [
      { ...unetInputs(1), latent: noise([1, 8, 16, 4], 1) },
      { ...unetInputs(1), latent: noise([2, 16, 16, 4], 1) },
      { ...unetInputs(1), latent: { shape: [1, 16, 16, 4], data: new Float32Array(7) } },
    ];
    for (const inputs of wrong) await expect(network.run(inputs)).rejects.toMatchObject({ code: 'shape-mismatch' });
    network.dispose();
  });

  it('names the missing weight and the weight of another shape', async () => {
    const [name = ''] = unet.weights.keys();
    const without = new Map(unet.weights);
    without.delete(name);
    await expect(executor.load(unet.graph, without)).rejects.toMatchObject({
      code: 'weight-missing',
      message: expect.stringContaining(name) as string,
    });
    const reshaped = new Map(unet.weights).set(name, noise([3], 1));
    await expect(executor.load(unet.graph, reshaped)).rejects.toMatchObject({ code: 'shape-mismatch' });
  });

  it('refuses an op that it does not have', async () => {
    const graph = { ...unet.graph, nodes: [{ ...unet.graph.nodes[0], op: 'fourier' } as never] };
    await expect(executor.load(graph, unet.weights)).rejects.toMatchObject({
      code: 'unsupported-op',
      message: expect.stringContaining('fourier') as string,
    });
  });

  it('says out of memory before it starts, when a batch cannot fit', async () => {
    const g = new GraphBuilder('wide');
    g.output('y', g.node('upsampleNearest', [g.input('x', [1, 64, 64, 16])], { factor: 4 }));
    const network = await executor.load(g.build(), g.weights);
    const batch = 512;
    const x = { shape: [batch, 64, 64, 16], data: new Float32Array(batch * 64 * 64 * 16) };
    await expect(network.run({ x })).rejects.toMatchObject({ code: 'out-of-memory' });
    network.dispose();
  });

  it('says where the output is not finite, and frees everything', async () => {
    const g = new GraphBuilder('logarithm');
    g.output('y', g.node('log', [g.input('x', [1, 2])], {}));
    const network = await executor.load(g.build(), g.weights);
    const before = memory().numTensors;
    const x = { shape: [1, 2], data: Float32Array.of(1, -1) };
    await expect(network.run({ x })).rejects.toMatchObject({
      code: 'non-finite-output',
      message: expect.stringContaining('position 1') as string,
    });
    expect(memory().numTensors).toBe(before);
    network.dispose();
  });

  it('stops before it starts when the signal is already aborted', async () => {
    const network = await executor.load(unet.graph, unet.weights);
    await expect(network.run(unetInputs(1), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    network.dispose();
  });

  it('receives a cancel from another task while it runs, and frees what it had', async () => {
    const g = new GraphBuilder('long');
    let x = g.input('x', [1, 64, 64, 32]);
    for (let layer = 0; layer < 60; layer++) x = g.conv(x, 32, 32);
    g.output('y', x);
    const network = await executor.load(g.build(), g.weights);
    const inputs = { x: noise([1, 64, 64, 32], 5, 0.1) };
    const before = memory().numTensors;
    const cancel = new AbortController();
    const started = performance.now();
    setTimeout(() => cancel.abort(), 1);
    await expect(network.run(inputs, { signal: cancel.signal })).rejects.toMatchObject({ code: 'aborted' });
    const cancelled = performance.now() - started;
    expect(memory().numTensors).toBe(before);
    const restarted = performance.now();
    await network.run(inputs);
    expect(cancelled).toBeLessThan(performance.now() - restarted);
    network.dispose();
  });

  it('refuses to run after dispose', async () => {
    const network = await executor.load(unet.graph, unet.weights);
    network.dispose();
    await expect(network.run(unetInputs(1))).rejects.toMatchObject({ code: 'aborted' });
  });
});
