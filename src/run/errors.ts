/** Why a run cannot go on, or an item of it cannot be made. */

import { CounterpartError } from '../errors';

/** What would meet every item, a full disk for one, and so ends a run in place of being written down with one. */
export abstract class RunEndingError extends CounterpartError {}

export class TargetFailedError extends RunEndingError {
  readonly code = 'export-target';
  constructor(path: string, cause: unknown) {
    const why = cause instanceof Error && cause.message !== '' ? `: ${cause.message.replace(/\.$/, '')}` : '';
    super(
      `${path} could not be written${why}.`,
      'Make room, or choose another place that you may write to, and start again: the same names are written anew, and nothing that was done is lost.',
      { cause },
    );
  }
}

/** The folder of the films may not be read any more. */
export class FilmsLostError extends RunEndingError {
  readonly code = 'films-lost';
  constructor(film: string, options?: ErrorOptions) {
    super(
      `${film} may not be read any more: the permission to read its folder was taken back.`,
      'Choose the folder of the films again, and go on: what is done is kept.',
      options,
    );
  }
}

export class JournalInvalidError extends CounterpartError {
  readonly code = 'journal-invalid';
  constructor(line: number, reason: string) {
    super(
      `Line ${String(line)} of the journal cannot be read: ${reason}.`,
      'Choose another folder for the results, or move journal.jsonl away to start over; the pictures beside it stay.',
    );
  }
}

export class RunFolderError extends CounterpartError {
  readonly code = 'run-folder';
  constructor(folder: string) {
    super(
      `${folder} holds no journal of a run.`,
      'Name the folder that a run wrote its results to (--out on the command line); it holds journal.jsonl.',
    );
  }
}

export class PlanDiffersError extends CounterpartError {
  readonly code = 'plan-differs';
  constructor(folder: string) {
    super(
      `${folder} holds the results of another plan.`,
      'Choose another folder for the results, or the plan that the run began with (plan.jsonl beside the results).',
    );
  }
}

/** A folder that another run has begun with, and what it is a run of. */
export class OtherRunError extends CounterpartError {
  readonly code = 'other-run';
  constructor(folder: string, holds: 'plan' | 'words') {
    super(
      holds === 'plan'
        ? `${folder} holds the run of a plan; results of words would be mixed with it.`
        : `${folder} holds results that are not of this plan; they would be mixed with it.`,
      holds === 'plan'
        ? 'Choose another folder for the results, or go on with the plan (on the command line: --plan in place of --say).'
        : 'Choose another folder for the results; what is there stays as it is.',
    );
  }
}

export class FilmMissingError extends CounterpartError {
  readonly code = 'film-missing';
  constructor(film: string, options?: ErrorOptions) {
    super(
      `${film} cannot be read.`,
      'Check that it is there and that you may read it, and try again what failed (--retry-failed on the command line): the rest is done.',
      options,
    );
  }
}

export class ResultMissingError extends CounterpartError {
  readonly code = 'result-missing';
  constructor(file: string, options?: ErrorOptions) {
    super(
      `${file} of the run is missing or damaged.`,
      'Bring it back from a copy, or take its line out of the journal and run the same plan again: it is made anew.',
      options,
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

/** A film would be given its own findings. */
export class BorrowedFromItselfError extends CounterpartError {
  readonly code = 'borrowed-from-itself';
  constructor(film: string, donor: string) {
    super(
      `${donor} is the same film as ${film}, pixel by pixel: from itself it gets nothing.`,
      'The rest goes on. Leave the copy out, or take another donor.',
    );
  }
}

/** A donor in which the reader sees nothing of what the table says that it shows. */
export class NothingBorrowedError extends CounterpartError {
  readonly code = 'nothing-borrowed';
  /** @param finding undefined: nothing was named */
  constructor(donor: string, finding: string | undefined) {
    super(
      finding === undefined
        ? `Nothing could be borrowed from ${donor}: the reader calls no finding there.`
        : `No ${finding} could be borrowed from ${donor}: the reader sees none of it there, or it cannot come into this film.`,
      'The rest goes on. Name what the donor shows, take another donor, or have it drawn by words; a plan can draw in place of swaps.',
    );
  }
}
