/** onnxruntime-web on the files that `training export --onnx-only` writes: PyTorch's layout, float32, any batch. */

import type * as Ort from 'onnxruntime-web';
import type { Executor, Tensor } from '../../src/engine';
import { fetchModel, fetchModels, foreignExecutor } from './foreign';

const ORT_FOLDER = '/assets/worker/ort/';
const ENTRY = { webgpu: 'ort.webgpu.min.mjs', wasm: 'ort.wasm.min.mjs' } as const;

export async function onnxruntime(
  backend: 'webgpu' | 'wasm',
  threads: number,
  networks: readonly string[],
): Promise<Executor> {
  const files = await fetchModels(networks, (network) => fetchModel(`/onnx/${network}.onnx`));
  // From its own folder and not bundled: its threads start from its own file.
  const ort = (await import(/* @vite-ignore */ `${ORT_FOLDER}${ENTRY[backend]}`)) as typeof Ort;
  ort.env.wasm.wasmPaths = ORT_FOLDER;
  ort.env.wasm.numThreads = threads;
  // It would print what it moves to the CPU, such as shapes.
  ort.env.logLevel = 'error';
  const device = backend === 'wasm' ? `CPU, ${threads} threads` : await adapterName();
  return foreignExecutor(backend, device, async (graph) => {
    const file = files.get(graph.name);
    if (!file) throw new Error(`there is no ONNX file for ${graph.name}`);
    const session = await ort.InferenceSession.create(file, { executionProviders: [backend] });
    return { run: (inputs) => run(ort, session, inputs), dispose: () => void session.release() };
  });
}

async function adapterName(): Promise<string> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('WebGPU found no graphics adapter.');
  const { description, vendor, architecture } = adapter.info;
  return description || `${vendor} ${architecture}`;
}

async function run(ort: typeof Ort, session: Ort.InferenceSession, inputs: Readonly<Record<string, Tensor>>) {
  const feeds = session.inputNames.map((name) => {
    const given = inputs[name];
    if (!given) throw new Error(`the ONNX file asks for "${name}"`);
    const { data, shape } = permute(given, [0, 3, 1, 2]);
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
