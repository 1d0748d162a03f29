/** What can go wrong between the page and its worker, and how any error crosses. */

import { CounterpartError } from '../errors';

/** What an error keeps when it crosses. */
export interface CrossedError {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

export class WorkerCrashedError extends CounterpartError {
  readonly code = 'worker-crashed';
  constructor(reason: string) {
    super(
      `The part of the program that runs the networks stopped: ${reason}.`,
      'Nothing you had open was changed. Try again; it starts anew by itself.',
    );
  }
}

export class NotStartedError extends CounterpartError {
  readonly code = 'not-started';
  constructor() {
    super(
      'The networks were asked to work before they were started.',
      'Wait until the device is shown as ready, or reload the page.',
    );
  }
}

export class MessageInvalidError extends CounterpartError {
  readonly code = 'message-invalid';
  constructor(where: string, reason: string) {
    super(
      `A message to the networks is not as agreed: ${where}: ${reason}.`,
      'Reload the page so that all of its parts have the same version.',
    );
  }
}

/** An error of the worker's side, as it arrives on the page. */
export class RemoteError extends CounterpartError {
  readonly code: string;
  constructor({ code, message, advice }: CrossedError) {
    super(message, advice);
    this.code = code;
    // As the platform names a cancelled call.
    if (code === 'cancelled' || code === 'aborted') this.name = 'AbortError';
  }
}

/** Any thrown value as a message. Errors of the engine carry the same fields without sharing a class, so fields decide. */
export function describeError(error: unknown): CrossedError {
  if (error instanceof Error) {
    const { code, advice } = error as { code?: unknown; advice?: unknown };
    if (typeof code === 'string' && typeof advice === 'string') return { code, message: error.message, advice };
  }
  return {
    code: 'unexpected',
    message: `Something went wrong in the networks: ${error instanceof Error ? error.message : String(error)}`,
    advice: 'Nothing you had open was changed. Try again; if it happens again, please report it.',
  };
}
