/** What stands against an export. */

import { CounterpartError } from '../errors';

/** A patient who stands in several parts. */
export interface Leak {
  readonly patient: string;
  readonly splits: readonly string[];
  /** Of the results. */
  readonly items: readonly string[];
}

export class SplitLeakError extends CounterpartError {
  readonly code = 'split-leak';
  constructor(readonly leaks: readonly Leak[]) {
    const [first] = leaks;
    super(
      `${String(leaks.length)} ${leaks.length === 1 ? 'patient stands' : 'patients stand'} in more than one part of the split, such as ${first?.patient ?? ''} in ${first?.splits.join(' and ') ?? ''}: what is learnt from one part would be tested on itself.`,
      'Give each patient one part of the split in the table, and export again. Nothing was written.',
    );
  }
}

export class SplitMissingError extends CounterpartError {
  readonly code = 'split-missing';
  constructor(id: string, patient: string) {
    super(
      `${id}: its patient ${patient} belongs to no part of the split, and others do.`,
      'Give the patient a part of the split in the table, or none to anybody.',
    );
  }
}

export class SplitNameError extends CounterpartError {
  readonly code = 'split-name';
  constructor(name: string) {
    super(
      `“${name}” cannot be the name of a part of a split: it becomes a folder.`,
      'Use letters, digits, - and _, such as train, validation and test.',
    );
  }
}

export class SourceAbsentError extends CounterpartError {
  readonly code = 'source-absent';
  constructor(id: string) {
    super(
      `${id}: the radiograph that it was made from is not at hand.`,
      'Name the folder of the films, or export without the source images.',
    );
  }
}

export class SameNameError extends CounterpartError {
  readonly code = 'same-name';
  constructor(id: string) {
    super(`Two results are called ${id}.`, 'Export them into folders of their own.');
  }
}

export class NothingToExportError extends CounterpartError {
  readonly code = 'nothing-to-export';
  constructor() {
    super('There is no result to export.', 'Make some first, or look at why all of them were left out.');
  }
}
