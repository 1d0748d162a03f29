/** One measurement in one fresh worker of the studio, so that no engine finds the other's heap, device or threads. */

import type { Radiograph } from '../../imaging/radiograph';
import { EDIT_REQUESTS, type BenchAnswer, type BenchRequest } from '../../worker/bench/measurements';
import { openInWorker } from '../../worker/openInWorker';
import type { Measure, OwnJob } from './runBench';

const baseUrl = new URL(import.meta.env.BASE_URL, globalThis.location.href).href;

export const measureInWorker: Measure = async <Kind extends OwnJob['kind']>(
  job: Extract<OwnJob, { kind: Kind }>,
  signal: AbortSignal,
) => {
  // Within a generic function the type checker does not narrow.
  const asked: OwnJob = job;
  const radiograph = asked.kind === 'edit' ? await openSample(EDIT_REQUESTS[asked.edit].sample) : undefined;
  signal.throwIfAborted();
  return new Promise<BenchAnswer<Kind>>((resolve, reject) => {
    const worker = new Worker(new URL('../../worker/main.ts', import.meta.url), {
      type: 'module',
      name: 'counterpart benchmark',
    });
    const end = (finish: () => void): void => {
      worker.terminate();
      signal.removeEventListener('abort', cancel);
      finish();
    };
    const cancel = (): void => {
      end(() => {
        reject(signal.reason as Error);
      });
    };
    signal.addEventListener('abort', cancel);
    worker.addEventListener('message', ({ data }: MessageEvent<BenchAnswer<Kind>>) => {
      end(() => {
        resolve(data);
      });
    });
    worker.addEventListener('error', ({ message }) => {
      end(() => {
        resolve({ error: message || 'the worker could not be loaded' });
      });
    });
    worker.postMessage({ type: 'bench', job, baseUrl, ...(radiograph && { radiograph }) } satisfies BenchRequest);
  });
};

async function openSample(file: string): Promise<Radiograph> {
  const response = await fetch(`${baseUrl}models/samples/${file}`);
  return openInWorker(new Uint8Array(await response.arrayBuffer()), file);
}
