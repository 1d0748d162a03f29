/** Runs one check on the engine, in a worker. */

import { createExecutor, EngineError, type Executor, parseGraph, readSafetensors } from '../../src/engine';
import { compareWithGoldens, type GoldenResult } from '../../src/engine/golden';
import { GraphBuilder, noise } from '../../src/engine/graph/builder';
import { multiplyAdds } from '../../src/engine/graph/count';
import { inferShapes } from '../../src/engine/graph/shapes';
import { type GoldenCase, operatorCases } from '../../src/engine/testing/operator-cases';
import { smallUnet } from '../../src/engine/testing/small-unet';
import { createTfjsExecutor } from '../../src/engine/tfjs/executor';
import { createWasmExecutor } from '../../src/engine/wasm/executor';
import type { ToThread } from '../../src/engine/wasm/threads/control';
import type { Helper } from '../../src/engine/wasm/threads/crew';
import { browserHelper } from '../../src/engine/wasm/threads/helper';
import { leaseDevice } from '../../src/engine/webgpu/device';
import { createWgslExecutor } from '../../src/engine/webgpu/executor';
import type { Answer, Check, FromWorker, Runtime, ToWorker } from './protocol';
import { loseDevices } from './recovery';

const wasmPaths = '/wasm/';
const cancelled = new AbortController();
const post = (message: FromWorker) => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'cancel') cancelled.abort();
  else void answerOrFailure(data.check).then((result) => post({ kind: 'answer', answer: result }));
};

async function answerOrFailure(check: Check): Promise<Answer> {
  try {
    return await answer(check);
  } catch (error) {
    if (error instanceof EngineError) return { kind: 'failure', code: error.code, message: error.message };
    return {
      kind: 'failure',
      code: 'unexpected',
      message: error instanceof Error ? String(error.stack) : String(error),
    };
  }
}

async function answer(check: Check): Promise<Answer> {
  if (check.kind === 'select') {
    const { report } = await createExecutor({ prefer: 'auto', wasmPaths });
    return { kind: 'selection', report, isolated: self.crossOriginIsolated };
  }
  if (check.kind === 'recovery') return { kind: 'recovery', posted: await loseDevices(check.losses, wasmPaths) };
  if (check.kind === 'threads') return { kind: 'threads', ...(await compareThreads(check.threads)) };
  if (check.kind === 'lost-helpers') return { kind: 'threads', ...(await loseHelpers()) };
  const executor = await open(check, check.kind === 'speed' ? check.threads : undefined);
  switch (check.kind) {
    case 'operators':
      return goldens(
        executor,
        operatorCases(await json('/fixtures/operators.json'), await bytes('/fixtures/operators.safetensors')),
      );
    case 'network':
      return goldens(executor, [await model(check.name)]);
    case 'device-loss':
      return loseDevice(executor);
    case 'cancel':
      return cancelMidway(executor);
    case 'speed':
      return speed(executor);
  }
}

function open({ backend, kernels }: Runtime, threads: number | undefined): Promise<Executor> {
  switch (kernels) {
    case 'wgsl':
      return createWgslExecutor();
    case 'simd':
      return createWasmExecutor({ threads });
    case 'tfjs':
      return createTfjsExecutor(backend, { wasmPaths, threads });
  }
}

/** The same denoiser in miniature, and convolutions that are shared, on one thread and on several. */
async function compareThreads(threads: number): Promise<{ devices: string[]; same: boolean }> {
  const unet = smallUnet(32, 32);
  const large = convolutions(4);
  const inputs = { latent: noise([2, 32, 32, 4], 1), time: noise([2, 1], 2), tokens: noise([2, 5, 32], 3) };
  const devices: string[] = [];
  const results: string[] = [];
  for (const count of [1, threads]) {
    const executor = await createWasmExecutor({ threads: count });
    devices.push(executor.device);
    const [first, second] = [
      await executor.load(unet.graph, unet.weights),
      await executor.load(large.graph, large.weights),
    ];
    const outputs = await Promise.all(
      Array.from({ length: 5 }, () => [first.run(inputs), second.run({ x: noise([1, 32, 32, 128], 1) })]).flat(),
    );
    results.push(JSON.stringify(outputs.map((each) => Object.values(each).map(({ data }) => [...data]))));
    await executor.dispose();
  }
  return { devices, same: results[0] === results[1] };
}

/** The first helper is ended, or throws where nothing catches it, whenever it is asked to compute; the next one is sound. */
async function loseHelpers(): Promise<{ devices: string[]; same: boolean }> {
  const { graph, weights } = convolutions(4);
  const x = noise([1, 32, 32, 128], 1);
  const devices: string[] = [];
  const results: string[] = [];
  const faults: ((helper: Helper) => void)[] = [
    () => undefined,
    (helper) => helper.stop(),
    (helper) => helper.post(undefined as never),
  ];
  for (const fault of faults) {
    let isFirst = true;
    const startHelper = (): Helper => {
      const helper = browserHelper()?.();
      if (!helper) throw new Error('there are no workers here');
      const hasFault = isFirst;
      isFirst = false;
      const post = (message: ToThread) => {
        helper.post(message);
        if (hasFault && message.kind === 'run') fault(helper);
      };
      return { ...helper, post };
    };
    const executor = await createWasmExecutor({ threads: 2, startHelper, patience: { times: 8, milliseconds: 250 } });
    const network = await executor.load(graph, weights);
    for (let run = 0; run < 3; run++)
      results.push(JSON.stringify([...Object.values(await network.run({ x }))[0]!.data]));
    devices.push(executor.device);
    await executor.dispose();
  }
  return { devices, same: new Set(results).size === 1 };
}

async function goldens(executor: Executor, cases: readonly GoldenCase[]): Promise<Answer> {
  const results: GoldenResult[] = [];
  for (const { graph, weights, goldens } of cases)
    results.push(await compareWithGoldens(executor, graph, weights, goldens));
  return { kind: 'goldens', device: executor.device, results, tensorsLeft: executor.memory().tensors };
}

async function loseDevice(executor: Executor): Promise<Answer> {
  const { graph, weights } = smallUnet();
  const network = await executor.load(graph, weights);
  const inputs = { latent: noise([1, 16, 16, 4], 1), time: noise([1, 1], 2), tokens: noise([1, 5, 16], 3) };
  await network.run(inputs);
  (await leaseDevice()).device.destroy();
  await network.run(inputs);
  throw new Error('a run on a destroyed device succeeded');
}

async function cancelMidway(executor: Executor): Promise<Answer> {
  const { graph, weights } = convolutions(80);
  const network = await executor.load(graph, weights);
  post({ kind: 'running' });
  await network.run({ x: noise([1, 32, 32, 128], 1) }, { signal: cancelled.signal });
  throw new Error('the run was not cancelled');
}

async function speed(executor: Executor): Promise<Answer> {
  const { graph, weights } = convolutions(8);
  const network = await executor.load(graph, weights);
  const inputs = { x: noise([1, 32, 32, 128], 1) };
  await network.run(inputs);
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const started = performance.now();
    await network.run(inputs);
    times.push(performance.now() - started);
  }
  const milliseconds = times.sort((a, b) => a - b)[2]!;
  const operations = 2 * multiplyAdds(graph, inferShapes(graph));
  return { kind: 'speed', device: executor.device, milliseconds, gigaflops: operations / milliseconds / 1e6 };
}

function convolutions(layers: number) {
  const g = new GraphBuilder('convolutions');
  let x = g.input('x', [1, 32, 32, 128]);
  for (let layer = 0; layer < layers; layer++) x = g.node('relu', [g.conv(x, 128, 128)], {});
  g.output('y', g.node('mean', [x], { axes: [1, 2], keepDims: false }));
  return { graph: g.build(), weights: g.weights };
}

async function model(name: string): Promise<GoldenCase> {
  const at = `/models/${name}`;
  return {
    graph: parseGraph(await json(`${at}/graph.json`)),
    weights: readSafetensors(await bytes(`${at}/weights.safetensors`)),
    goldens: readSafetensors(await bytes(`${at}/goldens.safetensors`)),
  };
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}
const json = async (url: string): Promise<unknown> => (await get(url)).json();
const bytes = async (url: string) => (await get(url)).arrayBuffer();
