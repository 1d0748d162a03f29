/** What the worker that runs a language model answers. The model is opened with the first question, and stays. */

import { describeError } from '../errors';
import type { ModelMessage, ModelResponse, OpenModel } from './protocol';

/** @returns what takes its messages, in their order */
export function modelServer(
  open: (files: readonly File[]) => Promise<OpenModel>,
  send: (response: ModelResponse) => void,
): (message: ModelMessage) => void {
  let files: readonly File[] = [];
  let model: Promise<OpenModel> | undefined;
  const stops = new Map<number, AbortController>();
  const answer = async ({ id, request }: Extract<ModelMessage, { type: 'ask' }>): Promise<void> => {
    const stop = new AbortController();
    stops.set(id, stop);
    try {
      model ??= open(files);
      const opened = await model.catch((error: unknown) => {
        // What failed to open is opened anew with the next question.
        model = undefined;
        throw error;
      });
      stop.signal.throwIfAborted();
      send({ type: 'answered', id, text: await opened.ask(request, stop.signal) });
    } catch (error) {
      send({ type: 'failed', id, error: describeError(error) });
    } finally {
      stops.delete(id);
    }
  };
  return (message) => {
    if (message.type === 'open') files = message.files;
    else if (message.type === 'stop') stops.get(message.id)?.abort();
    else void answer(message);
  };
}
