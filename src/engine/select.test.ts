// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from './errors';
import type { BackendName, Executor, Network } from './executor';
import type { Graph } from './graph/schema';
import { createExecutor, fastest, type StartExecutor } from './select';

/** An executor whose every run takes `milliseconds`, or never ends. */
function executorOf(backend: BackendName, milliseconds: number) {
  const dispose = vi.fn(() => Promise.resolve());
  const run = () =>
    new Promise<Record<string, never>>((resolve) => {
      if (Number.isFinite(milliseconds)) setTimeout(() => resolve({}), milliseconds);
    });
  const load = (graph: Graph): Promise<Network> => Promise.resolve({ graph, run, dispose: () => undefined });
  const executor: Executor = {
    backend,
    device: `a ${backend}`,
    load,
    memory: () => ({ tensors: 0, bytes: 0 }),
    dispose,
  };
  return { executor, dispose };
}

const unavailable = (message: string) => () => Promise.reject(new EngineError('backend-unavailable', message));
function starter(backends: Record<BackendName, () => Promise<Executor>>): StartExecutor {
  return (backend) => backends[backend]();
}

afterEach(() => vi.useRealTimers());

describe('choosing by measurement', () => {
  it('takes the faster backend, closes the other, and reports both times', async () => {
    const wasm = executorOf('wasm', 1);
    const webgpu = executorOf('webgpu', 15);
    const start = starter({
      wasm: () => Promise.resolve(wasm.executor),
      webgpu: () => Promise.resolve(webgpu.executor),
    });
    const { executor, report } = await createExecutor({ prefer: 'auto', calibrationMs: 5 }, start);
    expect(executor).toBe(wasm.executor);
    expect(report.chosen).toBe('wasm');
    expect(webgpu.dispose).toHaveBeenCalled();
    expect(wasm.dispose).not.toHaveBeenCalled();
    const [first, second] = report.candidates;
    expect(first?.calibration?.milliseconds).toBeLessThan(second?.calibration?.milliseconds ?? 0);
  });

  it('gives up a backend that does not come to an end, and closes it', async () => {
    const wasm = executorOf('wasm', 1);
    const endless = executorOf('webgpu', Number.POSITIVE_INFINITY);
    const start = starter({
      wasm: () => Promise.resolve(wasm.executor),
      webgpu: () => Promise.resolve(endless.executor),
    });
    const { report } = await createExecutor({ prefer: 'auto', calibrationMs: 1, patienceMs: 400 }, start);
    expect(report.chosen).toBe('wasm');
    expect(report.candidates[1]).toEqual({
      backend: 'webgpu',
      kernels: 'wgsl',
      note: 'did not finish its measurement within 400 ms',
      code: 'backend-unavailable',
    });
    expect(endless.dispose).toHaveBeenCalledOnce();
  });

  it('waits for WebAssembly however slow the machine is, for nothing else would remain', async () => {
    const start = starter({
      wasm: () => Promise.resolve(executorOf('wasm', 30).executor),
      webgpu: unavailable('no adapter'),
    });
    const { report } = await createExecutor({ prefer: 'auto', calibrationMs: 1, patienceMs: 5 }, start);
    expect(report.chosen).toBe('wasm');
  });

  it('waits for WebGPU too where there is no WebAssembly', async () => {
    const start = starter({
      wasm: unavailable('refused'),
      webgpu: () => Promise.resolve(executorOf('webgpu', 30).executor),
    });
    const { report } = await createExecutor({ prefer: 'auto', calibrationMs: 1, patienceMs: 5 }, start);
    expect(report.chosen).toBe('webgpu');
  });

  it('closes a backend that starts only after it was given up', async () => {
    const late = executorOf('webgpu', 1);
    let arrive: (executor: Executor) => void = () => undefined;
    const start = starter({
      wasm: () => Promise.resolve(executorOf('wasm', 1).executor),
      webgpu: () => new Promise((resolve) => (arrive = resolve)),
    });
    await createExecutor({ prefer: 'auto', calibrationMs: 1, patienceMs: 400 }, start);
    arrive(late.executor);
    await vi.waitFor(() => expect(late.dispose).toHaveBeenCalledOnce());
  });

  it('says why a backend is missing and uses the other', async () => {
    const start = starter({
      wasm: () => Promise.resolve(executorOf('wasm', 1).executor),
      webgpu: unavailable('no adapter'),
    });
    const { report } = await createExecutor({ prefer: 'auto', calibrationMs: 1 }, start);
    expect(report.candidates[1]).toEqual({
      backend: 'webgpu',
      kernels: 'wgsl',
      note: 'no adapter',
      code: 'backend-unavailable',
    });
  });

  it('fails with both reasons where neither works', async () => {
    const start = starter({ wasm: unavailable('no WebAssembly'), webgpu: unavailable('no adapter') });
    await expect(createExecutor({ prefer: 'auto' }, start)).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(/no WebAssembly.*no adapter/) as string,
    });
    await expect(createExecutor({ prefer: 'webgpu' }, start)).rejects.toMatchObject({ code: 'backend-unavailable' });
  });

  it('ranks only what was measured', () => {
    const wasm = { backend: 'wasm', kernels: 'tfjs' } as const;
    const webgpu = { backend: 'webgpu', kernels: 'wgsl' } as const;
    expect(fastest([wasm, { ...webgpu, note: 'x' }])).toBeUndefined();
    const calibration = { milliseconds: 9, gigaflops: 1, runs: 2 };
    expect(fastest([{ ...wasm, calibration }, webgpu])).toEqual({ ...wasm, calibration });
  });
});

describe('two kinds of kernels on one adapter', () => {
  type Times = Readonly<Partial<Record<'simd' | 'wgsl' | 'tfjs-webgpu' | 'tfjs-wasm', number | Error>>>;

  /** Executors by kernels; counts what was started. */
  function contest(times: Times) {
    const started: string[] = [];
    const start: StartExecutor = (backend, kernels) => {
      const kind = kernels === 'tfjs' ? (`tfjs-${backend}` as const) : kernels;
      started.push(kind);
      const time = times[kind] ?? new Error('not expected');
      return time instanceof Error ? Promise.reject(time) : Promise.resolve(executorOf(backend, time).executor);
    };
    return { started, start };
  }

  it('are both measured where the adapter is fast, and the faster ones stay', async () => {
    for (const [wgsl, tfjs, kernels] of [
      [1, 20, 'wgsl'],
      [20, 1, 'tfjs'],
    ] as const) {
      const { start } = contest({ simd: 40, wgsl, 'tfjs-webgpu': tfjs });
      const { report } = await createExecutor({ prefer: 'auto', calibrationMs: 1 }, start);
      expect([report.chosen, report.kernels]).toEqual(['webgpu', kernels]);
    }
  });

  it('are compared at the first visit only where ours won: the next one fetches no others', async () => {
    const kept = new Map<string, unknown>();
    const memory = {
      read: (key: string) => Promise.resolve(kept.get(key)),
      write: (key: string, value: object) => Promise.resolve(void kept.set(key, value)),
    };
    const visit = async (times: Times): Promise<readonly string[]> => {
      const { start, started } = contest(times);
      await createExecutor({ prefer: 'auto', calibrationMs: 1, memory }, start);
      return started;
    };
    expect(await visit({ simd: 40, wgsl: 20, 'tfjs-webgpu': 1 })).toContain('tfjs-webgpu');
    expect(await visit({ simd: 40, wgsl: 1, 'tfjs-webgpu': 20 })).toContain('tfjs-webgpu');
    expect(await visit({ simd: 40, wgsl: 1 })).toEqual(['simd', 'wgsl']);
    // Nor are kernels that cannot run here tried again.
    kept.clear();
    expect(await visit({ simd: 40, wgsl: 1, 'tfjs-webgpu': new Error('cannot') })).toContain('tfjs-webgpu');
    expect(await visit({ simd: 40, wgsl: 1, 'tfjs-webgpu': 20 })).not.toContain('tfjs-webgpu');
  });

  it('are not both tried where ours show that the adapter is far slower than the CPU', async () => {
    const { start, started } = contest({ simd: 1, wgsl: 60 });
    await createExecutor({ prefer: 'auto', calibrationMs: 1 }, start);
    expect(started).toEqual(['simd', 'wgsl']);
  });

  it('take over where ours do not compile', async () => {
    const broken = new EngineError('backend-failed', 'a shader was refused');
    const { start, started } = contest({ simd: 20, wgsl: broken, 'tfjs-webgpu': 1 });
    const { report } = await createExecutor({ prefer: 'auto', calibrationMs: 1 }, start);
    expect(started).toEqual(['simd', 'wgsl', 'tfjs-webgpu']);
    expect(report.kernels).toBe('tfjs');
    expect(report.candidates[1]?.note).toBe('a shader was refused');
  });

  it('give way to those of tfjs on the CPU only where ours cannot run there', async () => {
    const broken = new EngineError('backend-unavailable', 'no SIMD');
    const { start, started } = contest({
      simd: broken,
      'tfjs-wasm': 1,
      wgsl: new Error('no adapter'),
      'tfjs-webgpu': broken,
    });
    const { report } = await createExecutor({ prefer: 'auto', calibrationMs: 1 }, start);
    expect(started.slice(0, 2)).toEqual(['simd', 'tfjs-wasm']);
    expect([report.chosen, report.kernels]).toEqual(['wasm', 'tfjs']);
    expect(report.candidates[0]).toMatchObject({ kernels: 'simd', note: 'no SIMD' });
    const asked = contest({ simd: broken, 'tfjs-wasm': 1 });
    expect((await createExecutor({ prefer: 'wasm' }, asked.start)).report.kernels).toBe('tfjs');
  });
});

describe('a backend asked for by name', () => {
  it('is taken without a measurement', async () => {
    const slow = executorOf('webgpu', Number.POSITIVE_INFINITY);
    const start = starter({ wasm: unavailable('unused'), webgpu: () => Promise.resolve(slow.executor) });
    const { executor, report } = await createExecutor({ prefer: 'webgpu' }, start);
    expect(executor).toBe(slow.executor);
    expect(report.candidates).toEqual([
      { backend: 'webgpu', kernels: 'wgsl', device: 'a webgpu', note: 'taken as asked, not measured' },
    ]);
  });

  it('gives way to the other where it does not work', async () => {
    const start = starter({
      wasm: () => Promise.resolve(executorOf('wasm', 1).executor),
      webgpu: unavailable('no adapter'),
    });
    const { report } = await createExecutor({ prefer: 'webgpu' }, start);
    expect(report.chosen).toBe('wasm');
    expect(report.candidates[0]).toEqual({
      backend: 'webgpu',
      kernels: 'wgsl',
      note: 'no adapter',
      code: 'backend-unavailable',
    });
  });

  it('is refused where nothing else will do, and the other one is not opened', async () => {
    const wasm = vi.fn(() => Promise.resolve(executorOf('wasm', 1).executor));
    const start = starter({ wasm, webgpu: unavailable('no adapter') });
    const refused = createExecutor({ prefer: 'webgpu', only: true }, start);
    await expect(refused).rejects.toMatchObject({ code: 'backend-unavailable' });
    expect(wasm).not.toHaveBeenCalled();
  });
});

describe('in Node, where there is no WebGPU', () => {
  it('ends up on wasm with a plausible speed, and says why not WebGPU', async () => {
    const { executor, report } = await createExecutor({ prefer: 'auto' });
    expect(report.chosen).toBe('wasm');
    const [wasm, webgpu] = report.candidates;
    expect(wasm?.calibration?.gigaflops).toBeGreaterThan(0.01);
    expect(webgpu?.note).toMatch(/WebGPU/);
    await executor.dispose();
  });
});
