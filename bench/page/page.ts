/** Gives each measurement a worker of its own, so that no engine finds the other's heap, device or threads. */

import type { BenchAnswer, FromWorker, Job } from './protocol';

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
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => finish(asJson(data));
    worker.onerror = (event) => finish({ error: event.message || 'the worker could not be loaded' });
    worker.postMessage(job);
  });

function asJson(answer: FromWorker): BenchAnswer {
  if ('error' in answer) return { error: answer.error };
  const { measurement, heapBytes } = answer;
  if ('gigaflops' in measurement) return { measurement };
  if ('picture' in measurement)
    return { measurement: { ...measurement, heapBytes, picture: [...measurement.picture] } };
  return { measurement: { ...measurement, heapBytes } };
}
