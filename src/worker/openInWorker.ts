/** Opens a file in a worker of its own: decoding ten million pixels takes up to a second, in which the page shall live. */

import type { Radiograph } from '../imaging/radiograph';
import type { Thumbnail } from '../record/thumbnail';
import type { WorkerPort } from './client';
import { RemoteError, WorkerCrashedError, type CrossedError } from './errors';

export interface OpenRequest {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Of several, from 1; 'all': a thumbnail of each. Absent: the first. */
  readonly frame?: number | 'all';
}

export type OpenResponse =
  | { readonly radiograph: Radiograph }
  | { readonly frame: number; readonly thumbnail: Thumbnail }
  | { readonly error: CrossedError };

function startOpener(): WorkerPort {
  return new Worker(new URL('./openMain.ts', import.meta.url), { type: 'module', name: 'counterpart-open' });
}

function send(worker: WorkerPort, { bytes, ...request }: OpenRequest): void {
  const copy = bytes.slice();
  worker.postMessage({ bytes: copy, ...request } satisfies OpenRequest, { transfer: [copy.buffer] });
}

/**
 * @param bytes the file; the caller keeps them
 * @param frame of a DICOM file of several, from 1
 * @throws RemoteError with what openRadiograph says, WorkerCrashedError
 */
export function openInWorker(
  bytes: Uint8Array,
  name: string,
  frame?: number,
  create: () => WorkerPort = startOpener,
): Promise<Radiograph> {
  const worker = create();
  const answered = new Promise<Radiograph>((resolve, reject) => {
    worker.addEventListener('message', (event) => {
      const response = (event as MessageEvent<OpenResponse>).data;
      if ('error' in response) reject(new RemoteError(response.error));
      else if ('radiograph' in response) resolve(response.radiograph);
    });
    worker.addEventListener('error', (event) => {
      reject(new WorkerCrashedError(event.message || 'it could not be loaded'));
    });
    worker.addEventListener('messageerror', () => {
      reject(new WorkerCrashedError('a message could not be read'));
    });
    send(worker, { bytes, name, ...(frame !== undefined && { frame }) });
  });
  return answered.finally(() => {
    worker.terminate();
  });
}

/**
 * Thumbnails of the frames of a DICOM file, told as they come; of a frame that cannot be decoded there is none.
 * @returns how to end it, which the caller does when nobody looks any more
 */
export function framesInWorker(
  bytes: Uint8Array,
  name: string,
  onFrame: (frame: number, thumbnail: Thumbnail) => void,
  create: () => WorkerPort = startOpener,
): () => void {
  const worker = create();
  worker.addEventListener('message', (event) => {
    const response = (event as MessageEvent<OpenResponse>).data;
    if ('thumbnail' in response) onFrame(response.frame, response.thumbnail);
  });
  send(worker, { bytes, name, frame: 'all' });
  return () => {
    worker.terminate();
  };
}
