/** Where runs of plans are kept, as the studio asks the outside world for it. */

import { CounterpartError } from '../../errors';
import type { RunFiles } from '../../run/folder';

/** What this browser remembers of a run that was begun. */
export interface KnownRun {
  readonly id: string;
  /** Of the folder, or of the data set. */
  readonly name: string;
  /** A folder of the user's, or one of the browser's own. */
  readonly kind: 'folder' | 'browser';
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finished: number;
  readonly total: number;
}

/** A folder that is written to by this page alone, until it is let go. */
export interface RunPlace {
  readonly id: string;
  readonly name: string;
  readonly kind: KnownRun['kind'];
  readonly files: RunFiles;
  release(): void;
}

export interface RunPlaces {
  /** Whether the user can choose a folder to write into. */
  readonly hasFolders: boolean;
  /** Latest first; none where the browser keeps nothing. */
  list(): Promise<readonly KnownRun[]>;
  /** A folder that the user chooses; undefined when the choice was called off. @throws RunOpenElsewhereError */
  choose(): Promise<RunPlace | undefined>;
  /** A new folder of the browser's own. @throws RunPlaceError, RunStorageMissingError */
  make(name: string): Promise<RunPlace>;
  /** Asks for the permission again where that is due. @throws RunPlaceError, RunOpenElsewhereError */
  reopen(id: string): Promise<RunPlace>;
  remember(run: KnownRun): Promise<void>;
  /** What lies in a folder of the browser's own goes with it; a folder of the user's stays as it is. */
  forget(id: string): Promise<void>;
}

export class RunPlaceError extends CounterpartError {
  readonly code = 'run-place';
  constructor(name: string, options?: ErrorOptions) {
    super(
      `${name} cannot be written to.`,
      'Allow this page to write into it when the browser asks, or choose another folder for the results. What is there stays.',
      options,
    );
  }
}

/** A browser that gives pages no files of their own, or files that cannot be written in place. */
export class RunStorageMissingError extends CounterpartError {
  readonly code = 'run-storage-missing';
  constructor(options?: ErrorOptions) {
    super(
      'This browser keeps no files for pages, so a plan has nowhere to write its results.',
      'Carry it through in a current Chrome, Edge or Firefox, or with the command line. Nothing of the plan is lost.',
      options,
    );
  }
}

export class RunOpenElsewhereError extends CounterpartError {
  readonly code = 'run-open-elsewhere';
  constructor(name: string) {
    super(
      `${name} is open in another tab.`,
      'Go on there, or close that tab: two that wrote into one folder would make things twice.',
    );
  }
}
