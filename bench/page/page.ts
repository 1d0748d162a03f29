/** Gives each measurement a worker of its own, so that no engine finds the other's heap, device or threads. */

import type { BenchAnswer, Job } from './protocol';

declare global {
  var measure: (job: Job) => Promise<BenchAnswer>;
}

globalThis.measure = (job) =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const finish = (answer: BenchAnswer) => {
      worker.terminate();
      resolve(answer);
    };
    worker.onmessage = ({ data }: MessageEvent<BenchAnswer>) => finish(data);
    worker.onerror = (event) => finish({ error: event.message || 'the worker could not be loaded' });
    worker.postMessage(job);
  });
