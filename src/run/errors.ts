/** Why a run cannot go on. */

import { CounterpartError } from '../errors';

export class JournalInvalidError extends CounterpartError {
  readonly code = 'journal-invalid';
  constructor(line: number, reason: string) {
    super(
      `Line ${String(line)} of the journal cannot be read: ${reason}.`,
      'Choose another folder for the results, or move journal.jsonl away to start over; the pictures beside it stay.',
    );
  }
}

/** The words name nothing that can be changed. */
export class RequestNotUnderstoodError extends CounterpartError {
  readonly code = 'request-not-understood';
}
