/** Entry of the worker: the one place that owns the GPU device. */

import { createExecutor } from '../engine';
import { installKernels } from '../imaging/kernels/current';
import { makeKernels } from '../imaging/kernels/kernels';
import { openModelCache } from '../networks/cache';
import type { DownloadPorts } from '../networks/download';
import { downloadManifest } from '../networks/downloadManifest';
import { openSuite } from '../networks/suite';
import type { BenchRequest } from './bench/measurements';
import { deviceReport } from './deviceReport';
import { describeError } from './errors';
import type { DeviceNote } from './messages';
import { createMethod, type DownloadListener, type OpenMethod } from './method';
import { scheduleStore } from './scheduleStore';
import { createServer } from './server';
import { SKETCH_WORKER, type SketchRequestMessage } from './sketch/protocol';

installKernels(makeKernels());

const openMethod: OpenMethod = async (prefer, baseUrl, onProgress, only) => {
  const notes: DeviceNote[] = [];
  const ports: DownloadPorts = {
    fetch: (input, init) => fetch(input, init),
    cache: await openModelCache(),
    onWarning: (warning) => notes.push({ kind: 'warning', error: describeError(warning) }),
  };
  const manifest = await downloadManifest(baseUrl, ports);
  onProgress({ stage: 'calibrate', fraction: 0 });
  const { executor, report } = await createExecutor({
    prefer,
    only,
    wasmPaths: `${baseUrl}wasm/`,
    memory: scheduleStore(),
  });
  onProgress({ stage: 'calibrate', fraction: 1 });
  const downloads: DownloadListener = { tell: onProgress };
  const suite = openSuite({
    executor,
    manifest,
    baseUrl,
    ports,
    onProgress: (loaded, total) => downloads.tell?.({ stage: 'download', fraction: loaded / total }),
  });
  // The first analysis waits for these two; the rest follows in the background.
  try {
    await Promise.all([suite.anatomist(), suite.reader()]);
  } catch (error) {
    suite.dispose();
    await executor.dispose();
    throw error;
  } finally {
    downloads.tell = undefined;
  }
  return createMethod(executor, suite, deviceReport(executor, report, notes), downloads);
};

const server = createServer(openMethod, (response, transfer) => {
  self.postMessage(response, { transfer: [...transfer] as Transferable[] });
});

/** The same code under another name draws sketches: the sketchers are then loaded once. */
const sketching =
  self.name === SKETCH_WORKER
    ? import('./sketch/serve').then(({ sketchServer }) =>
        sketchServer((response, transfer) => {
          self.postMessage(response, { transfer: [...transfer] as Transferable[] });
        }),
      )
    : undefined;

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  // What comes before the code is there waits for it, in its order.
  if (sketching !== undefined)
    void sketching.then((serve) => {
      serve(data as SketchRequestMessage);
    });
  else if (isBenchRequest(data))
    void import('./bench/serve').then(({ serveBench }) => serveBench(data)).then((answer) => self.postMessage(answer));
  else void server.handle(data);
});

/** From the benchmark's page, which is of the same build. */
function isBenchRequest(message: unknown): message is BenchRequest {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'bench';
}
