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

export interface OpenedHere {
  /** @throws RemoteError with what the model says, WorkerCrashedError; DOMException AbortError */
  readonly ask: AskModel;
  /** Gives its memory back; what is being asked is called off. */
  close(): void;
}

/** Nothing is read of the files before the first question. */
export function modelOnThisComputer(files: readonly File[], create: () => WorkerPort = startModelWorker): OpenedHere {
  let worker: WorkerPort | undefined;
  let next = 1;
  const waiting = new Map<number, Waiting>();
  const end = (error: Error): void => {
    worker?.terminate();
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const fail = (reason: string): void => {
    end(new WorkerCrashedError(reason));
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
  const ask: AskModel = (request, signal) =>
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
  return {
    ask,
    close: () => {
      end(new DOMException('Another model was chosen.', 'AbortError'));
    },
  };
}
