/**
 * LiteRT.js on the files that bench/convert/tflite.py writes. It loads its script by `importScripts`, which a module worker lacks, so
 * the script is served as a module that leaves its factory where the library looks for it (bench/foreign-files.ts).
 */

import { type CompiledModel, loadAndCompile, loadLiteRt, Tensor as LiteTensor } from '@litertjs/core';
import type { Executor, Graph, Tensor } from '../../src/engine';
import { leaseDevice } from '../../src/engine/webgpu/device';
import { fetchModel, foreignExecutor, type ForeignModel } from './foreign';

const FOLDER = '/assets/worker/litert/';

export async function litert(
  accelerator: 'webgpu' | 'wasm',
  threads: number,
  networks: readonly string[],
): Promise<Executor> {
  const files = await fetchBatches(networks);
  await import(/* @vite-ignore */ `${FOLDER}litert_wasm_internal.mjs`);
  // Its factory is there already.
  Object.assign(self, { importScripts: () => undefined });
  const runtime = await loadLiteRt(FOLDER);
  let device = 'CPU, 1 thread';
  if (accelerator === 'webgpu') {
    const lease = await leaseDevice();
    runtime.setWebGpuDevice(lease.device);
    device = lease.description;
  }
  const open = (file: Uint8Array) => loadAndCompile(file, { accelerator, cpuOptions: { numThreads: threads } });
  const onGpu = accelerator === 'webgpu';
  return foreignExecutor(accelerator, device, (graph) =>
    openNetwork(graph, files.get(graph.name) ?? new Map(), open, onGpu),
  );
}

/** A .tflite has one batch size, so a network is a file for each that is needed. */
async function openNetwork(
  graph: Graph,
  files: ReadonlyMap<number, Uint8Array>,
  open: (file: Uint8Array) => Promise<CompiledModel>,
  onGpu: boolean,
): Promise<ForeignModel> {
  const models = new Map<number, CompiledModel>();
  for (const [batch, file] of files) {
    const model = await open(file);
    if (onGpu && !model.isFullyAccelerated) throw new Error('it does not run every operation of the graph on the GPU');
    models.set(batch, model);
  }
  return {
    run: (inputs) => {
      const batch = Object.values(inputs)[0]?.shape[0] ?? 1;
      const model = models.get(batch);
      if (!model) throw new Error(`there is no build/tflite/${graph.name}.b${batch}.tflite`);
      return run(graph, model, inputs);
    },
    dispose: () => {
      for (const model of models.values()) model.delete();
    },
  };
}

async function run(graph: Graph, model: CompiledModel, inputs: Readonly<Record<string, Tensor>>) {
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, { data, shape }]) => [name, LiteTensor.fromTypedArray(data, [...shape])]),
  );
  const results = await model.run(given);
  for (const tensor of Object.values(given)) if (!tensor.deleted) tensor.delete();
  const outputs: Record<string, Tensor> = {};
  for (const { name } of graph.outputs) {
    const result = results[name];
    if (!result) throw new Error(`the .tflite gives no output "${name}"`);
    outputs[name] = { data: Float32Array.from(await result.data()), shape: [...result.type.layout.dimensions] };
  }
  for (const result of Object.values(results)) if (!result.deleted) result.delete();
  return outputs;
}

const BATCHES = [1, 2, 3] as const;

async function fetchBatches(
  networks: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<number, Uint8Array>>> {
  const files = new Map<string, ReadonlyMap<number, Uint8Array>>();
  for (const network of networks) {
    const batches = new Map<number, Uint8Array>();
    for (const batch of BATCHES) {
      const file = await fetchModel(`/tflite/${network}.b${batch}.tflite`).catch(() => undefined);
      if (file) batches.set(batch, file);
    }
    if (batches.size === 0) throw new Error(`there is no build/tflite/${network}.b1.tflite`);
    files.set(network, batches);
  }
  return files;
}
