// @vitest-environment node
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { EngineError } from '../errors';
import type { Executor, Network } from '../executor';
import { GraphBuilder, noise } from '../graph/builder';
import { dawn, whyNoAdapter } from '../testing/dawn';
import { input, keepsThePromisesOfNetworks, small } from '../testing/executor-promises';
import { leaseDevice } from './device';
import { createWgslExecutor } from './executor';
import { Gpu } from './gpu';
import { uniformSchedule } from './schedule';

const gpu = await dawn();
const schedule = uniformSchedule('direct 4x1');

describe.skipIf(!gpu)(`the executor on our kernels${gpu ? '' : ` (skipped: ${whyNoAdapter})`}`, () => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await createWgslExecutor({ gpu, schedule });
  });
  afterAll(() => executor.dispose());
  const load = (options?: Parameters<Executor['load']>[2]) => {
    const { graph, weights } = small();
    return executor.load(graph, weights, options);
  };

  keepsThePromisesOfNetworks(load);

  it('says what it runs on', () => {
    expect(executor).toMatchObject({ backend: 'webgpu', kernels: 'wgsl' });
    expect(executor.device).not.toBe('');
  });

  it('makes no buffers while it runs, and leaves none behind', async () => {
    const before = executor.memory();
    const network = await load();
    const loaded = executor.memory();
    await network.run(input(1));
    expect(executor.memory()).toEqual(loaded);
    network.dispose();
    network.dispose();
    // What is still being opened is closed when it is there.
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(executor.memory()).toEqual(before);
    await expect(network.run(input(1))).rejects.toMatchObject({ code: 'aborted' });
  });

  it('keeps a few batch sizes ready, not all that it ever saw', async () => {
    const network = await load();
    for (const batch of [2, 3, 4]) await network.run(input(batch));
    const few = executor.memory().tensors;
    for (const batch of [5, 6, 7]) await network.run(input(batch));
    expect(executor.memory().tensors).toBe(few);
    network.dispose();
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
  });

  it('stops for a signal before it starts', async () => {
    const network = await load();
    await expect(network.run(input(1), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    network.dispose();
  });

  it('says where an output is not finite', async () => {
    const g = new GraphBuilder('overflow');
    g.output('y', g.node('affine', [g.input('x', [1, 2])], { scale: 1e38, offset: 0 }));
    const network = await executor.load(g.build(), g.weights);
    const x = { shape: [1, 2], data: Float32Array.of(1, 100) };
    await expect(network.run({ x })).rejects.toMatchObject({ code: 'non-finite-output' });
    network.dispose();
  });

  it('says out of memory where a batch cannot fit', async () => {
    const g = new GraphBuilder('wide');
    g.output('y', g.node('upsampleNearest', [g.input('x', [1, 8, 8, 64])], { factor: 32 }));
    const network = await executor.load(g.build(), g.weights);
    const x = { shape: [1, 8, 8, 64], data: new Float32Array(4096) };
    const { buffer } = Gpu.prototype;
    const refusing = vi.spyOn(Gpu.prototype, 'buffer').mockImplementation(function (this: Gpu, label, size, usage) {
      if (size > 2 ** 20) throw new EngineError('out-of-memory', `${label} does not fit.`);
      return buffer.call(this, label, size, usage);
    });
    // A row alone is 16 MiB; the batch of the graph is ready already, so it has to be asked for anew.
    const again = executor.load({ ...g.build(), name: 'wide again' }, g.weights);
    await expect(again).rejects.toMatchObject({ code: 'out-of-memory' });
    refusing.mockRestore();
    expect((await network.run({ x })).y?.shape).toEqual([1, 256, 256, 64]);
    network.dispose();
  });

  it('runs a batch in parts where memory suffices for parts only, and remembers it', async () => {
    const network = await load();
    const three = input(3);
    const expected = await network.run(three);
    network.dispose();
    const { buffer } = Gpu.prototype;
    const asked: number[] = [];
    const refusing = vi.spyOn(Gpu.prototype, 'buffer').mockImplementation(function (this: Gpu, label, size, usage) {
      // Outputs of three rows are 3 · 6 · 6 · 7 numbers.
      if (label.includes('outputs')) asked.push(size / 4 / 252);
      if (label.includes('outputs') && size > 4 * 252) throw new EngineError('out-of-memory', `${label} does not fit.`);
      return buffer.call(this, label, size, usage);
    });
    try {
      const short = await load();
      expect(await short.run(three)).toEqual(expected);
      expect(await short.run(three)).toEqual(expected);
      // One row to begin with; then three, two, and one again, whose memory was given back; and after that nothing new.
      expect(asked).toEqual([1, 3, 2, 1]);
      short.dispose();
    } finally {
      refusing.mockRestore();
    }
  });

  describe('when memory runs out', () => {
    afterEach(() => void vi.restoreAllMocks());

    it('keeps no buffer of a network that could not be loaded, whichever buffer it was', async () => {
      const before = executor.memory();
      const { buffer } = Gpu.prototype;
      for (let most = 0; ; most++) {
        let made = 0;
        vi.spyOn(Gpu.prototype, 'buffer').mockImplementation(function (this: Gpu, label, size, usage) {
          if (made++ === most) throw new EngineError('out-of-memory', `${label} does not fit.`);
          return buffer.call(this, label, size, usage);
        });
        const outcome = await load().catch((error: unknown) => error);
        if (!(outcome instanceof EngineError)) {
          // Weights, bias, slabs, sizes, outputs: each has been refused once.
          expect(most).toBeGreaterThanOrEqual(5);
          (outcome as Network).dispose();
          await settled();
          expect(executor.memory()).toEqual(before);
          return;
        }
        expect(outcome.code).toBe('out-of-memory');
        expect(executor.memory()).toEqual(before);
      }
    });

    it('keeps nothing either where the device says so after everything was made', async () => {
      const before = executor.memory();
      await complain();
      await expect(load()).rejects.toMatchObject({ code: 'out-of-memory' });
      expect(executor.memory()).toEqual(before);
    });

    it('keeps nothing of a batch that was too much', async () => {
      const before = executor.memory();
      const network = await load();
      await complain();
      // Three rows do not fit, so two and one are run.
      expect((await network.run(input(3))).y?.shape).toEqual([3, 6, 6, 7]);
      network.dispose();
      await settled();
      expect(executor.memory()).toEqual(before);
    });

    /** Asynchronously, as devices do: nothing that makes a buffer throws. */
    const complain = async () => {
      const lease = await leaseDevice(gpu);
      const { device } = lease;
      lease.release();
      const pop = device.popErrorScope.bind(device);
      vi.spyOn(device, 'popErrorScope').mockImplementationOnce(async () => {
        await pop();
        return { message: 'Out of memory' };
      });
    };
    const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  });

  it('names the kernel that a driver refuses', async () => {
    const giant = { kind: 'direct', rows: 1, columns: 1, across: 4096, down: 1, depth: 1 } as const;
    const refused = await createWgslExecutor({ gpu, schedule: { tile: () => giant, parts: () => 1 } });
    const { graph, weights } = small();
    await expect(refused.load(graph, weights)).rejects.toMatchObject({
      code: 'backend-failed',
      message: expect.stringContaining('product v') as string,
    });
    expect(refused.memory().tensors).toBe(0);
    await refused.dispose();
  });

  it('says that the device was lost, and a new executor gets a new one', async () => {
    const network = await load();
    (await leaseDevice(gpu)).device.destroy();
    await expect(network.run(input(1))).rejects.toMatchObject({ code: 'device-lost' });
    const next = await createWgslExecutor({ gpu, schedule });
    const { graph, weights } = small();
    const again = await next.load(graph, weights);
    expect((await again.run(input(1)))['y']?.shape).toEqual([1, 6, 6, 7]);
    await next.dispose();
  });
});
