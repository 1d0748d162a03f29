/** The page's side of a language model that runs on this computer, from a file that the user chose. */

import type { AskModel } from '../../findings/report/model/prompt';
import type { WorkerPort } from '../client';
import { RemoteError, WorkerCrashedError } from '../errors';
import type { ModelMessage, ModelResponse } from './protocol';

function startModelWorker(): WorkerPort {
  return new Worker(new URL('./languageModelWorker.ts', import.meta.url), {
    type: 'module',
    name: 'counterpart-language-model',
  });
}

interface Waiting {
  readonly resolve: (text: string) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Nothing is read of the files before the first question.
 * @returns how it is asked; @throws (when asked) RemoteError with what the model says, WorkerCrashedError, AbortError
 */
export function askOnThisComputer(files: readonly File[], create: () => WorkerPort = startModelWorker): AskModel {
  let worker: WorkerPort | undefined;
  let next = 1;
  const waiting = new Map<number, Waiting>();
  const fail = (reason: string): void => {
    worker?.terminate();
    worker = undefined;
    for (const { reject } of waiting.values()) reject(new WorkerCrashedError(reason));
    waiting.clear();
  };
  const ensureWorker = (): WorkerPort => {
    if (worker !== undefined) return worker;
    const started = create();
    worker = started;
    started.addEventListener('message', (event) => {
      const response = (event as MessageEvent<ModelResponse>).data;
      const asked = waiting.get(response.id);
      waiting.delete(response.id);
      if (response.type === 'answered') asked?.resolve(response.text);
      else asked?.reject(new RemoteError(response.error));
    });
    started.addEventListener('error', (event) => {
      fail(event.message || 'it could not be loaded');
    });
    started.addEventListener('messageerror', () => {
      fail('a message could not be read');
    });
    started.postMessage({ type: 'open', files } satisfies ModelMessage);
    return started;
  };
  return (request, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const id = next++;
      waiting.set(id, { resolve, reject });
      const port = ensureWorker();
      signal.addEventListener('abort', () => {
        if (!waiting.delete(id)) return;
        port.postMessage({ type: 'stop', id } satisfies ModelMessage);
        reject(signal.reason as Error);
      });
      port.postMessage({ type: 'ask', id, request } satisfies ModelMessage);
    });
}
