/** Runs one measurement. */

import { heapBytes } from './heaps';
import { openRadiograph } from '../../src/dicom/open';
import { installKernels } from '../../src/imaging/kernels/current';
import { makeKernels } from '../../src/imaging/kernels/kernels';
import { type BenchAnswer, EDIT_REQUESTS, type EditName } from '../../src/worker/bench/measurements';
import { runJob } from '../../src/worker/bench/run-job';
import { squared } from './film';
import { startEngine } from './engines';
import type { FromWorker, Job } from './protocol';

// As the studio's worker does, whatever engine computes the networks.
installKernels(makeKernels());

self.onmessage = ({ data }: MessageEvent<Job>) => {
  void answer(data).then((given) => self.postMessage({ ...given, heapBytes: heapBytes() } satisfies FromWorker));
};

async function answer(job: Job): Promise<BenchAnswer> {
  try {
    const threads = job.kind === 'peak' ? 1 : (job.threads ?? 1);
    const start = (engine: Parameters<typeof startEngine>[0], networks: readonly string[]) =>
      startEngine(engine, threads, networks);
    return { measurement: await runJob(job, { baseUrl: `${self.location.origin}/`, start, openSample }) };
  } catch (error) {
    return { error: error instanceof Error ? String(error.stack) : String(error) };
  }
}

async function openSample(edit: EditName, side?: number) {
  const { sample } = EDIT_REQUESTS[edit];
  const response = await fetch(`/models/samples/${sample}`);
  const film = await openRadiograph(new Uint8Array(await response.arrayBuffer()), sample);
  return side === undefined ? film : squared(film, side);
}
