/** Runs one measurement: fetches what it needs, starts the engine, measures. */

import { type Executor, parseGraph, readSafetensors } from '../../engine';
import { createTfjsExecutor } from '../../engine/tfjs/executor';
import { createWasmExecutor } from '../../engine/wasm/executor';
import { leaseDevice } from '../../engine/webgpu/device';
import { createWgslExecutor } from '../../engine/webgpu/executor';
import { measureMatmulPeak } from '../../engine/webgpu/peak';
import { downloadManifest } from '../../networks/downloadManifest';
import { EDIT_NETWORKS, openSuite } from '../../networks/suite';
import type { Radiograph } from '../../imaging/radiograph';
import { measureEdit, NetworkClock } from './measure-edit';
import { measureNetwork, type NetworkFiles } from './measure-network';
import type { EditName, Job, OwnEngine, Yields } from './measurements';
import { type GpuWatch, watchGpu } from './observe-gpu';

export interface Place<Engine extends string> {
  /** Where models/ lies, ending in a slash. */
  readonly baseUrl: string;
  /** Fetches what the engine needs for these networks, and starts it. */
  readonly start: (engine: Engine, networks: readonly string[]) => Promise<Executor>;
  /** Opens the sample that an edit is made of. */
  readonly openSample: (edit: EditName, side?: number) => Promise<Radiograph>;
  /** No further run begins after so long. */
  readonly longestMs?: number;
}

/** Call once in a thread. @throws Error where the engine cannot do the job */
export async function runJob<Engine extends string>(
  job: Job<Engine>,
  place: Place<Engine>,
): Promise<Yields[keyof Yields]> {
  const watched = watchGpu();
  switch (job.kind) {
    case 'network':
      return network(job, place, watched);
    case 'edit':
      return edit(job, place, watched);
    case 'peak':
      return measureMatmulPeak((await leaseDevice()).device);
  }
}

/** Starts what ships with the studio. */
export function startOwn(engine: OwnEngine, threads?: number): Promise<Executor> {
  switch (engine) {
    case 'wgsl':
      return createWgslExecutor();
    case 'simd-wasm':
      return createWasmExecutor({ threads });
    case 'tfjs-webgpu':
      return createTfjsExecutor('webgpu');
  }
}

async function network<Engine extends string>(
  { engine, network: name, warmRuns, rows }: Extract<Job<Engine>, { kind: 'network' }>,
  { baseUrl, start, longestMs }: Place<Engine>,
  watched: GpuWatch | undefined,
) {
  const files = await filesOf(`${baseUrl}models/${name}`);
  const executor = await start(engine, [name]);
  return measureNetwork(executor, files, { warmRuns, rows, longestMs, watch: watchOf(engine, watched) });
}

async function edit<Engine extends string>(
  { engine, edit: name, warmRuns, steps, side }: Extract<Job<Engine>, { kind: 'edit' }>,
  { baseUrl, start, openSample, longestMs }: Place<Engine>,
  watched: GpuWatch | undefined,
) {
  const radiograph = await openSample(name, side);
  const ports = { fetch: (...given: Parameters<typeof fetch>) => fetch(...given), cache: undefined };
  const manifest = await downloadManifest(baseUrl, ports);
  const started = performance.now();
  const executor = await start(engine, EDIT_NETWORKS);
  const clock = new NetworkClock();
  const suite = openSuite({ executor: clock.timed(executor), manifest, baseUrl, ports });
  const options = { edit: name, warmRuns, started, longestMs, steps, watch: watchOf(engine, watched) };
  return measureEdit(radiograph, suite, clock, executor.device, options);
}

/** Of engines that use no GPUDevice there is nothing to be seen. */
function watchOf(engine: string, watched: GpuWatch | undefined): GpuWatch | undefined {
  return engine === 'wgsl' || engine.endsWith('-webgpu') ? watched : undefined;
}

async function bytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.arrayBuffer();
}

async function filesOf(at: string): Promise<NetworkFiles> {
  return {
    graph: parseGraph(JSON.parse(new TextDecoder().decode(await bytes(`${at}/graph.json`)))),
    weights: readSafetensors(await bytes(`${at}/weights.safetensors`)),
    goldens: readSafetensors(await bytes(`${at}/goldens.safetensors`)),
  };
}
