/** Threads of Node as helpers of the engine on the CPU. */

import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { FromThread } from '../../engine/wasm/threads/control';
import { MOST_THREADS } from '../../engine/wasm/executor';
import type { Helper } from '../../engine/wasm/threads/crew';

/** Starts a thread that runs thread.ts. */
export type StartThread = () => Worker;

/** As many as the process may have of the machine's cores. */
export function usualThreads(): number {
  return Math.min(MOST_THREADS, availableParallelism());
}

export function helpersOf(start: StartThread): () => Helper {
  return () => {
    const worker = start();
    return {
      post: (message) => worker.postMessage(message),
      listen(hear) {
        worker.on('message', (message: FromThread) => {
          hear(message);
        });
        for (const lost of ['error', 'messageerror', 'exit'])
          worker.on(lost, () => {
            hear(undefined);
          });
        // A command that is over ends, whoever forgot to stop it.
        worker.unref();
      },
      stop: () => void worker.terminate(),
    };
  };
}
