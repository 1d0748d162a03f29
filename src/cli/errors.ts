/** What the command line cannot do, and what to do instead. */

import { CounterpartError } from '../errors';

export class FolderUnreadableError extends CounterpartError {
  readonly code = 'path-unreadable';
  constructor(path: string, options?: ErrorOptions) {
    super(`${path} cannot be read.`, 'Check that it exists and that you may read it.', options);
  }
}

export class FilmMissingError extends CounterpartError {
  readonly code = 'film-missing';
  constructor(film: string, options?: ErrorOptions) {
    super(
      `${film} cannot be read any more.`,
      'Bring it back, and run the same command with --retry-failed: the rest is done.',
      options,
    );
  }
}

export class NoFilmsError extends CounterpartError {
  readonly code = 'no-films';
  constructor(paths: readonly string[]) {
    super(`There is no film in ${paths.join(', ')}.`, 'Name DICOM, PNG or JPEG files, or folders that hold some.');
  }
}

export class OptionInvalidError extends CounterpartError {
  readonly code = 'option-invalid';
}

export class RunFolderError extends CounterpartError {
  readonly code = 'run-folder';
  constructor(folder: string) {
    super(
      `${folder} holds no journal of a run.`,
      'Name the folder that “counterpart run” wrote to with --out; it holds journal.jsonl.',
    );
  }
}

export class ResultMissingError extends CounterpartError {
  readonly code = 'result-missing';
  constructor(file: string, options?: ErrorOptions) {
    super(
      `${file} of the run is missing or damaged.`,
      'Bring it back from a copy, or take its line out of the journal and run the same command again: it is made anew.',
      options,
    );
  }
}

export class PatientTableError extends CounterpartError {
  readonly code = 'patient-table';
  constructor(path: string, reason: string) {
    super(
      `${path} says nothing of patients: ${reason}.`,
      'Write a table with the columns file and patient, and split where there is one; file as the run names its films.',
    );
  }
}

export class PlanDiffersError extends CounterpartError {
  readonly code = 'plan-differs';
  constructor(folder: string) {
    super(
      `${folder} holds the results of another plan.`,
      'Give --out another folder, or the plan that the run began with (plan.jsonl beside the results).',
    );
  }
}
