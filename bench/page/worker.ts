/** Runs one measurement. */

import { heapBytes } from './heaps';
import { parseGraph, readSafetensors, type Tensor } from '../../src/engine';
import { maxAbsoluteError } from '../../src/engine/golden';
import { multiplyAdds } from '../../src/engine/graph/plan';
import { inferShapes } from '../../src/engine/graph/shapes';
import { type Model, startEngine } from './engines';
import type { BenchAnswer, EngineName, Job, Measurement } from './protocol';

/** The bar for a release's half-precision weights: an engine beyond it computes something else. */
const WRONG = 2e-2;

self.onmessage = ({ data }: MessageEvent<Job>) => {
  void measure(data)
    .then((measurement): BenchAnswer => ({ measurement }))
    .catch((error: unknown): BenchAnswer => ({ error: error instanceof Error ? String(error.stack) : String(error) }))
    .then((answer) => self.postMessage(answer));
};

async function measure({ engine, network, threads, warmRuns }: Job): Promise<Measurement> {
  const { model, goldens } = await download(network, engine);
  const { device, load, gpuBytes } = await startEngine(engine, threads);
  const [loadMs, contender] = await timed(() => load(model));
  const inputs = Object.fromEntries(model.graph.inputs.map(({ name }) => [name, golden(goldens, `input.${name}`)]));
  const [firstRunMs, outputs] = await timed(() => contender.run(inputs));
  const errors = model.graph.outputs.map(({ name }) => {
    const given = outputs[name];
    if (!given) throw new Error(`${engine} gave no output "${name}"`);
    return maxAbsoluteError(given, golden(goldens, `output.${name}`), name);
  });
  const maxError = Math.max(...errors);
  if (!(maxError < WRONG)) throw new Error(`differs from the golden by ${String(maxError)}, so it was not timed`);
  const warmRunsMs: number[] = [];
  while (warmRunsMs.length < warmRuns) warmRunsMs.push((await timed(() => contender.run(inputs)))[0]);
  return {
    device,
    loadMs,
    firstRunMs,
    warmRunsMs,
    heapBytes: heapBytes(),
    gpuBytes: gpuBytes(),
    multiplyAdds: multiplyAdds(model.graph, inferShapes(model.graph)),
    maxError,
  };
}

async function timed<Result>(work: () => Promise<Result>): Promise<[number, Result]> {
  const started = performance.now();
  const result = await work();
  return [performance.now() - started, result];
}

function golden(goldens: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = goldens.get(name);
  if (!tensor) throw new Error(`the goldens lack "${name}"`);
  return tensor;
}

async function download(
  name: string,
  engine: EngineName,
): Promise<{ model: Model; goldens: ReadonlyMap<string, Tensor> }> {
  const get = async (url: string) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return response.arrayBuffer();
  };
  const at = `/models/${name}`;
  const graph = parseGraph(JSON.parse(new TextDecoder().decode(await get(`${at}/graph.json`))));
  const weights = readSafetensors(await get(`${at}/weights.safetensors`));
  const onnx = new Uint8Array(engine === 'onnxruntime-web-wasm' ? await get(`/onnx/${name}.onnx`) : []);
  return { model: { name, graph, weights, onnx }, goldens: readSafetensors(await get(`${at}/goldens.safetensors`)) };
}
