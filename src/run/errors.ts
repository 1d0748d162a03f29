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

/** What is to go lies in one place, and no place of this film is likely enough. */
export class NotLocatedError extends CounterpartError {
  readonly code = 'not-located';
  constructor(film: string, finding: string) {
    super(
      `No ${finding} was located in ${film}.`,
      'Paint it in the studio and erase it there, or name the zones in which it lies.',
    );
  }
}
