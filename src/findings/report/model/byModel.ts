/** Reading by a language model, wherever it runs. */

import type { ReadReport, ReportExtractor } from '../extractor';
import { readAnswer } from './answer';
import { requestFor, sendable, type AskModel } from './prompt';

export interface ModelExtractor extends ReportExtractor {
  read(report: string, signal?: AbortSignal): Promise<ReadReport>;
}

/** @param id tells one model's reading from another's: 'remote', 'local' */
export function byModel(id: string, ask: AskModel): ModelExtractor {
  return {
    id,
    async read(report, signal = new AbortController().signal) {
      const text = sendable(report);
      signal.throwIfAborted();
      return readAnswer(await ask(requestFor(text), signal), text);
    },
  };
}
