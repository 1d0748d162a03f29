/** Runs one measurement. */

import { heapBytes } from './heaps';
import { openRadiograph } from '../../src/dicom/open';
import { parseGraph, readSafetensors } from '../../src/engine';
import { leaseDevice } from '../../src/engine/webgpu/device';
import { measureMatmulPeak } from '../../src/engine/webgpu/peak';
import { downloadManifest } from '../../src/networks/download';
import { NETWORK_NAMES } from '../../src/networks/manifest';
import { openSuite } from '../../src/networks/suite';
import { EDIT_REQUESTS, measureEdit, NetworkClock } from '../../src/worker/bench/measure-edit';
import { measureNetwork, type NetworkFiles } from '../../src/worker/bench/measure-network';
import { watchGpu } from '../../src/worker/bench/observe-gpu';
import { startEngine } from './engines';
import type { BenchAnswer, EditResult, Job, Measurement, Yields } from './protocol';

const watched = watchGpu();

self.onmessage = ({ data }: MessageEvent<Job>) => {
  void measure(data)
    .then((measurement): BenchAnswer => ({ measurement }))
    .catch((error: unknown): BenchAnswer => ({ error: error instanceof Error ? String(error.stack) : String(error) }))
    .then((answer) => self.postMessage(answer));
};

async function measure(job: Job): Promise<Yields[Job['kind']]> {
  switch (job.kind) {
    case 'network':
      return network(job);
    case 'edit':
      return edit(job);
    case 'peak':
      return measureMatmulPeak((await leaseDevice()).device);
  }
}

/** Of engines that use no GPUDevice there is nothing to be seen. */
function watchOf(engine: string) {
  return engine === 'wgsl' || engine.endsWith('-webgpu') ? watched : undefined;
}

async function network(job: Extract<Job, { kind: 'network' }>): Promise<Measurement> {
  const files = await download(job.network);
  const executor = await startEngine(job.engine, job.threads, [job.network]);
  const measured = await measureNetwork(executor, files, { warmRuns: job.warmRuns, watch: watchOf(job.engine) });
  return { ...measured, heapBytes: heapBytes() };
}

async function edit(job: Extract<Job, { kind: 'edit' }>): Promise<EditResult> {
  const { sample } = EDIT_REQUESTS[job.edit];
  const radiograph = await openRadiograph(new Uint8Array(await bytes(`/models/samples/${sample}`)), sample);
  const ports = { fetch: (...given: Parameters<typeof fetch>) => fetch(...given), cache: undefined };
  const baseUrl = `${self.location.origin}/`;
  const manifest = await downloadManifest(baseUrl, ports);
  const executor = await startEngine(job.engine, job.threads, NETWORK_NAMES);
  const clock = new NetworkClock();
  const suite = openSuite({ executor: clock.timed(executor), manifest, baseUrl, ports });
  const { picture, ...measured } = await measureEdit(radiograph, suite, clock, executor.device, {
    edit: job.edit,
    warmRuns: job.warmRuns,
    steps: job.steps,
    watch: watchOf(job.engine),
  });
  return { ...measured, heapBytes: heapBytes(), picture: [...picture] };
}

async function bytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.arrayBuffer();
}

async function download(name: string): Promise<NetworkFiles> {
  const at = `/models/${name}`;
  return {
    graph: parseGraph(JSON.parse(new TextDecoder().decode(await bytes(`${at}/graph.json`)))),
    weights: readSafetensors(await bytes(`${at}/weights.safetensors`)),
    goldens: readSafetensors(await bytes(`${at}/goldens.safetensors`)),
  };
}
