/** Gives each check a worker of its own, as the studio runs the engine. */

import type { Answer, Check, FromWorker, ToWorker } from './protocol';

declare global {
  var checkEngine: (check: Check) => Promise<Answer>;
}

globalThis.checkEngine = (check) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const send = (message: ToWorker) => worker.postMessage(message);
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'running') {
        if (check.kind === 'cancel') send({ kind: 'cancel' });
        return;
      }
      worker.terminate();
      resolve(data.answer);
    };
    worker.onerror = (event) => reject(new Error(event.message || 'the worker could not be loaded'));
    send({ kind: 'check', check });
  });
