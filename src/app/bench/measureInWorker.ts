/** One measurement in one fresh worker of the studio, so that no engine finds the other's heap, device or threads. */

import type { BenchAnswer, BenchRequest } from '../../worker/bench/measurements';
import type { Measure, OwnJob } from './runBench';

export const measureInWorker: Measure = <Kind extends OwnJob['kind']>(job: Extract<OwnJob, { kind: Kind }>, signal: AbortSignal) =>
  new Promise<BenchAnswer<Kind>>((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL('../../worker/main.ts', import.meta.url), { type: 'module', name: 'counterpart benchmark' });
    const end = (finish: () => void): void => {
      worker.terminate();
      signal.removeEventListener('abort', cancel);
      finish();
    };
    const cancel = (): void => { end(() => { reject(signal.reason as Error); }); };
    signal.addEventListener('abort', cancel);
    worker.addEventListener('message', ({ data }: MessageEvent<BenchAnswer<Kind>>) => { end(() => { resolve(data); }); });
    worker.addEventListener('error', ({ message }) => { end(() => { resolve({ error: message || 'the worker could not be loaded' }); }); });
    const baseUrl = new URL(import.meta.env.BASE_URL, globalThis.location.href).href;
    worker.postMessage({ type: 'bench', job, baseUrl } satisfies BenchRequest);
  });
