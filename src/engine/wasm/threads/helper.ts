/** A worker of the browser as a helper. */

import type { FromThread } from './control';
import type { Helper } from './crew';

/** @returns undefined where there are no workers, as in Node */
export function browserHelper(): (() => Helper) | undefined {
  if (typeof Worker === 'undefined') return undefined;
  return () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine thread' });
    return {
      post: (message) => worker.postMessage(message),
      listen: (hear) => {
        worker.onmessage = ({ data }: MessageEvent<FromThread>) => hear(data);
        worker.onerror = (event) => {
          // Else it would go on to the worker that called, and end that.
          event.preventDefault();
          hear(undefined);
        };
        worker.onmessageerror = () => hear(undefined);
      },
      stop: () => worker.terminate(),
    };
  };
}
