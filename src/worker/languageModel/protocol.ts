/** What the page and the worker that runs a language model say to each other. */

import type { ChatRequest } from '../../findings/report/model/prompt';
import type { CrossedError } from '../errors';

export type ModelMessage =
  /** The parts of one model, GGUF. The first message, sent once. */
  | { readonly type: 'open'; readonly files: readonly File[] }
  | { readonly type: 'ask'; readonly id: number; readonly request: ChatRequest }
  | { readonly type: 'stop'; readonly id: number };

export type ModelResponse =
  | { readonly type: 'answered'; readonly id: number; readonly text: string }
  | { readonly type: 'failed'; readonly id: number; readonly error: CrossedError };

/** A model that is open. */
export interface OpenModel {
  /** @throws CounterpartError; DOMException AbortError */
  ask(request: ChatRequest, signal: AbortSignal): Promise<string>;
}
