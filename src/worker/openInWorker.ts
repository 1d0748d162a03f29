/** Opens a file in a worker of its own: decoding ten million pixels takes up to a second, in which the page shall live. */

import type { Radiograph } from '../imaging/radiograph';
import type { WorkerPort } from './client';
import { RemoteError, WorkerCrashedError, type CrossedError } from './errors';

export interface OpenRequest {
  readonly bytes: Uint8Array;
  readonly name: string;
}

export type OpenResponse = { readonly radiograph: Radiograph } | { readonly error: CrossedError };

function startOpener(): WorkerPort {
  return new Worker(new URL('./openMain.ts', import.meta.url), { type: 'module', name: 'counterpart-open' });
}

/**
 * @param bytes the file; the caller keeps them
 * @throws RemoteError with what openRadiograph says, WorkerCrashedError
 */
export function openInWorker(
  bytes: Uint8Array,
  name: string,
  create: () => WorkerPort = startOpener,
): Promise<Radiograph> {
  const worker = create();
  const answered = new Promise<Radiograph>((resolve, reject) => {
    worker.addEventListener('message', (event) => {
      const response = (event as MessageEvent<OpenResponse>).data;
      if ('error' in response) reject(new RemoteError(response.error));
      else resolve(response.radiograph);
    });
    worker.addEventListener('error', (event) => {
      reject(new WorkerCrashedError(event.message || 'it could not be loaded'));
    });
    worker.addEventListener('messageerror', () => {
      reject(new WorkerCrashedError('a message could not be read'));
    });
    const copy = bytes.slice();
    worker.postMessage({ bytes: copy, name } satisfies OpenRequest, { transfer: [copy.buffer] });
  });
  return answered.finally(() => {
    worker.terminate();
  });
}
