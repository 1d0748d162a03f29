/** Entry of the worker that runs a language model. */

import { openLlama } from './llama';
import type { ModelMessage } from './protocol';
import { modelServer } from './serve';

const receive = modelServer(openLlama, (response) => {
  self.postMessage(response);
});
self.addEventListener('message', ({ data }: MessageEvent<ModelMessage>) => {
  receive(data);
});
