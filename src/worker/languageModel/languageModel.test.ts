import { describe, expect, it, vi } from 'vitest';
import { ModelFileError } from '../../findings/report/model/errors';
import type { WorkerPort } from '../client';
import { modelOnThisComputer } from './localModel';
import type { ModelMessage, ModelResponse, OpenModel } from './protocol';
import { modelServer } from './serve';

const REQUEST = { messages: [{ role: 'user' as const, content: 'No effusion.' }], schema: {} };
const FILES = [new File(['GGUF'], 'small.gguf')];
const going = () => new AbortController().signal;

/** The worker's code on this side, its messages delivered later, as they are between threads. */
function inOneThread(open: (files: readonly File[]) => Promise<OpenModel>) {
  const ports: (EventTarget & WorkerPort)[] = [];
  const create = (): WorkerPort => {
    const port = new EventTarget();
    const receive = modelServer(open, (response: ModelResponse) => {
      queueMicrotask(() => port.dispatchEvent(new MessageEvent('message', { data: response })));
    });
    const worker = Object.assign(port, {
      postMessage: (message: ModelMessage) => {
        queueMicrotask(() => {
          receive(message);
        });
      },
      terminate: vi.fn(),
    }) as unknown as EventTarget & WorkerPort;
    ports.push(worker);
    return worker;
  };
  return { ...modelOnThisComputer(FILES, create), ports };
}

describe('a language model on this computer', () => {
  it('is opened once, with the first question, from the files that were chosen', async () => {
    const open = vi.fn(() =>
      Promise.resolve<OpenModel>({ ask: ({ messages }) => Promise.resolve(`${messages.length}`) }),
    );
    const { ask, ports } = inOneThread(open);
    expect(ports).toHaveLength(0);
    expect(await Promise.all([ask(REQUEST, going()), ask(REQUEST, going())])).toEqual(['1', '1']);
    expect(open.mock.calls).toEqual([[FILES]]);
    expect(ports).toHaveLength(1);
  });

  it('says in its own words why a file is none, and tries again with the next question', async () => {
    const open = vi
      .fn<(files: readonly File[]) => Promise<OpenModel>>()
      .mockRejectedValueOnce(new ModelFileError('small.gguf', 'it is not GGUF'))
      .mockResolvedValueOnce({ ask: () => Promise.resolve('read') });
    const { ask } = inOneThread(open);
    await expect(ask(REQUEST, going())).rejects.toMatchObject({
      code: 'model-file',
      message: 'The language model in small.gguf could not be opened: it is not GGUF.',
    });
    expect(await ask(REQUEST, going())).toBe('read');
  });

  it('stops when told to, in the worker too, and answers the next question', async () => {
    let stopped: AbortSignal | undefined;
    const answers = [
      (signal: AbortSignal) =>
        new Promise<string>((_, reject) => {
          stopped = signal;
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
      () => Promise.resolve('read'),
    ];
    const { ask } = inOneThread(() =>
      Promise.resolve({
        ask: (_: unknown, signal: AbortSignal) => (answers.shift() as (s: AbortSignal) => Promise<string>)(signal),
      }),
    );
    const stop = new AbortController();
    const asked = ask(REQUEST, stop.signal);
    await vi.waitFor(() => {
      expect(stopped).toBeDefined();
    });
    stop.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => {
      expect(stopped?.aborted).toBe(true);
    });
    expect(await ask(REQUEST, going())).toBe('read');
  });

  it('starts anew after its worker has died, and whoever waited hears of it', async () => {
    const { ask, ports } = inOneThread(() => Promise.resolve({ ask: () => new Promise(() => undefined) }));
    const asked = ask(REQUEST, going());
    ports[0]?.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    await expect(asked).rejects.toMatchObject({ code: 'worker-crashed' });
    void ask(REQUEST, going());
    expect(ports).toHaveLength(2);
  });

  it('gives its memory back when another is chosen, and calls off what it was asked', async () => {
    const { ask, close, ports } = inOneThread(() => Promise.resolve({ ask: () => new Promise(() => undefined) }));
    const asked = ask(REQUEST, going());
    close();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(ports[0]?.terminate).toHaveBeenCalled();
  });
});
