/** Opens a file in a worker of its own: decoding ten million pixels takes up to a second, in which the page shall live. */

import type { Box } from '../imaging/box';
import type { Size } from '../imaging/mask-sniff';
import type { Radiograph } from '../imaging/radiograph';
import type { Thumbnail } from '../record/thumbnail';
import type { WorkerPort } from './client';
import { RemoteError, WorkerCrashedError, type CrossedError } from './errors';

export interface OpenRequest {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Of several, from 1; 'all': a thumbnail of each; 'count': only how many there are. Absent: the first, or `maskOf`. */
  readonly frame?: number | 'all' | 'count';
  /** Only whether it may be a mask of a radiograph of that size. */
  readonly maskOf?: Size;
}

/** Only where writing seems to be burned into a film that is open. */
export interface SearchRequest {
  readonly textIn: Radiograph;
}

export type OpenResponse =
  | { readonly radiograph: Radiograph }
  | { readonly count: number }
  | { readonly mayBeMask: boolean }
  | { readonly text: readonly Box[] }
  | { readonly frame: number; readonly thumbnail: Thumbnail }
  | { readonly error: CrossedError };

function startOpener(): WorkerPort {
  return new Worker(new URL('./openMain.ts', import.meta.url), { type: 'module', name: 'counterpart-open' });
}

/** Where writing seems to be burned into a film, from the top down, in its pixels. @throws WorkerCrashedError */
export function textInWorker(radiograph: Radiograph, create: () => WorkerPort = startOpener): Promise<readonly Box[]> {
  return answered({ textIn: radiograph }, create, (response) => ('text' in response ? response.text : undefined));
}

function send(worker: WorkerPort, asked: OpenRequest | SearchRequest): void {
  if ('textIn' in asked) {
    // The page goes on showing them.
    worker.postMessage(asked);
    return;
  }
  const { bytes, ...request } = asked;
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
  return answered({ bytes, name, ...(frame !== undefined && { frame }) }, create, (response) =>
    'radiograph' in response ? response.radiograph : undefined,
  );
}

/**
 * How many frames a DICOM file has, of which none is decoded; 1 of what is none.
 * @throws RemoteError with what reading its header says, WorkerCrashedError
 */
export function countFramesInWorker(
  bytes: Uint8Array,
  name: string,
  create: () => WorkerPort = startOpener,
): Promise<number> {
  return answered({ bytes, name, frame: 'count' }, create, (response) =>
    'count' in response ? response.count : undefined,
  );
}

/** Whether a PNG may be a mask of a radiograph of that size. @throws WorkerCrashedError */
export function mayBeMaskInWorker(
  bytes: Uint8Array,
  name: string,
  { width, height }: Size,
  create: () => WorkerPort = startOpener,
): Promise<boolean> {
  return answered({ bytes, name, maskOf: { width, height } }, create, (response) =>
    'mayBeMask' in response ? response.mayBeMask : undefined,
  );
}

function answered<Answer>(
  request: OpenRequest | SearchRequest,
  create: () => WorkerPort,
  answerIn: (response: Exclude<OpenResponse, { readonly error: CrossedError }>) => Answer | undefined,
): Promise<Answer> {
  const worker = create();
  const answer = new Promise<Answer>((resolve, reject) => {
    worker.addEventListener('message', (event) => {
      const response = (event as MessageEvent<OpenResponse>).data;
      if ('error' in response) {
        reject(new RemoteError(response.error));
        return;
      }
      const wanted = answerIn(response);
      if (wanted !== undefined) resolve(wanted);
    });
    worker.addEventListener('error', (event) => {
      reject(new WorkerCrashedError(event.message || 'it could not be loaded'));
    });
    worker.addEventListener('messageerror', () => {
      reject(new WorkerCrashedError('a message could not be read'));
    });
    send(worker, request);
  });
  return answer.finally(() => {
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
