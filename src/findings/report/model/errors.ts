/** What can go wrong when a language model is asked to read a report. The rules' reading stays in any case. */

import { CounterpartError } from '../../../errors';

export class ReportTooLongError extends CounterpartError {
  readonly code = 'report-too-long';
  constructor(characters: number, most: number) {
    super(
      `The report has ${String(characters)} characters; a model is asked about at most ${String(most)}.`,
      'Keep the findings and the impression of one film, and ask again.',
    );
  }
}

export class NothingToSendError extends CounterpartError {
  readonly code = 'nothing-to-send';
  constructor() {
    super(
      'Without history, technique and identifiers nothing of the report is left.',
      'Paste the findings or the impression of the report.',
    );
  }
}

export class ModelUnreachableError extends CounterpartError {
  readonly code = 'model-unreachable';
  constructor(options?: ErrorOptions) {
    super(
      'The language model’s server could not be reached.',
      'Look whether it runs and whether the address given to --llm is right, then ask again. The reading by rules stays.',
      options,
    );
  }
}

export class ModelTimeoutError extends CounterpartError {
  readonly code = 'model-timeout';
  constructor(seconds: number) {
    super(
      `The language model did not answer within ${String(seconds)} seconds.`,
      'Ask again, or use a smaller or faster model. The reading by rules stays.',
    );
  }
}

export class ModelRefusedError extends CounterpartError {
  readonly code = 'model-refused';
  /** @param reason the server's own words, shortened */
  constructor(
    readonly status: number,
    reason: string,
  ) {
    super(
      `The language model’s server refused the question (status ${String(status)}${reason === '' ? '' : `: ${reason}`}).`,
      status === 401 || status === 403
        ? 'Start the studio again with the right key in COUNTERPART_LLM_KEY.'
        : 'Look at that server’s own messages; --llm-model names the model that it shall use.',
    );
  }
}

export class ModelAnswerError extends CounterpartError {
  readonly code = 'model-answer-unreadable';
  constructor(reason: string, options?: ErrorOptions) {
    super(
      `The language model’s answer could not be read: ${reason}.`,
      'Ask again, or use a larger model; small ones often break off. The reading by rules stays.',
      options,
    );
  }
}

export class ModelFileError extends CounterpartError {
  readonly code = 'model-file';
  /** @param reason the runtime's own words, shortened */
  constructor(name: string, reason: string, options?: ErrorOptions) {
    super(
      `The language model in ${name} could not be opened: ${reason.slice(0, 200)}.`,
      'Choose a model in the GGUF format, all of its parts where it has several. The reading by rules stays.',
      options,
    );
  }
}

export class ModelBrowserError extends CounterpartError {
  readonly code = 'model-browser';
  constructor(missing: string) {
    super(
      `This browser cannot run a language model: it lacks ${missing}.`,
      'Use a recent Chromium, Chrome or Edge, or a server of your own (npm start -- --llm URL). The reading by rules stays.',
    );
  }
}

export class ModelMemoryError extends CounterpartError {
  readonly code = 'model-memory';
  /** @param bytes of its files */
  constructor(bytes: number, options?: ErrorOptions) {
    super(
      `There is not enough memory for a language model of ${(bytes / 1e9).toFixed(1)} GB.`,
      'Close other tabs, or choose a smaller model, such as one of fewer bits a weight. The reading by rules stays.',
      options,
    );
  }
}
