/** The engines behind one interface: NHWC tensors in and out. */

import type * as Ort from 'onnxruntime-web';
import type { Executor, Graph, Tensor } from '../../src/engine';
import { createTfjsExecutor } from '../../src/engine/tfjs/executor';
import { createWgslExecutor } from '../../src/engine/webgpu/executor';
import type { EngineName } from './protocol';

export interface Contender {
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
}

export interface Model {
  readonly name: string;
  readonly graph: Graph;
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly onnx: Uint8Array;
}

const ORT_FOLDER = '/assets/worker/ort/';

export interface Engine {
  readonly device: string;
  readonly load: (model: Model) => Promise<Contender>;
  /** Bytes of device buffers, as far as the engine tells. */
  readonly gpuBytes: () => number;
}

/** Starts the engine's runtime. @throws Error where it cannot run here */
export async function startEngine(engine: EngineName, threads: number): Promise<Engine> {
  switch (engine) {
    case 'wgsl':
      return ours(await createWgslExecutor());
    case 'tfjs-webgpu':
      return ours(await createTfjsExecutor('webgpu'));
    case 'tfjs-wasm':
      return ours(await createTfjsExecutor('wasm', { wasmPaths: '/wasm/', threads }));
    case 'onnxruntime-web-wasm':
      return onnxruntime(threads);
  }
}

function ours(executor: Executor): Engine {
  return {
    device: executor.device,
    load: ({ graph, weights }) => executor.load(graph, weights),
    gpuBytes: () => (executor.backend === 'webgpu' ? executor.memory().bytes : 0),
  };
}

async function onnxruntime(threads: number): Promise<Engine> {
  // From its own folder and not bundled: its threads start from its own file.
  const ort = (await import(/* @vite-ignore */ `${ORT_FOLDER}ort.wasm.min.mjs`)) as typeof Ort;
  ort.env.wasm.wasmPaths = ORT_FOLDER;
  ort.env.wasm.numThreads = threads;
  const load = async ({ onnx }: Model): Promise<Contender> => {
    const session = await ort.InferenceSession.create(onnx, { executionProviders: ['wasm'] });
    return { run: (inputs) => runSession(ort, session, inputs) };
  };
  return { device: `CPU, ${threads} threads`, load, gpuBytes: () => 0 };
}

async function runSession(ort: typeof Ort, session: Ort.InferenceSession, inputs: Readonly<Record<string, Tensor>>) {
  const feeds = Object.entries(inputs).map(([name, tensor]) => {
    const { data, shape } = permute(tensor, [0, 3, 1, 2]);
    return [name, new ort.Tensor('float32', data, shape)] as const;
  });
  const results = await session.run(Object.fromEntries(feeds));
  return Object.fromEntries(
    Object.entries(results).map(([name, { data, dims }]) => [
      name,
      permute({ data: data as Float32Array, shape: dims }, [0, 2, 3, 1]),
    ]),
  );
}

/** Rank 4 with its axes in another order; other ranks unchanged. */
function permute(tensor: Tensor, order: readonly [number, number, number, number]): Tensor {
  if (tensor.shape.length !== 4) return tensor;
  const sizes = tensor.shape as readonly [number, number, number, number];
  const strides = [sizes[1] * sizes[2] * sizes[3], sizes[2] * sizes[3], sizes[3], 1];
  const shape = order.map((axis) => sizes[axis]) as [number, number, number, number];
  const [s0, s1, s2, s3] = order.map((axis) => strides[axis] ?? 0) as [number, number, number, number];
  const data = new Float32Array(tensor.data.length);
  let at = 0;
  for (let a = 0; a < shape[0]; a++)
    for (let b = 0; b < shape[1]; b++)
      for (let c = 0; c < shape[2]; c++)
        for (let d = 0; d < shape[3]; d++) data[at++] = tensor.data[a * s0 + b * s1 + c * s2 + d * s3] ?? Number.NaN;
  return { data, shape };
}
