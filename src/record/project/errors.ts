/** What can go wrong with keeping and opening projects. None of it changes the project that is open. */

import { CounterpartError } from '../../errors';

export class ProjectFileForeignError extends CounterpartError {
  readonly code = 'project-file-foreign';
  constructor(name: string, options?: ErrorOptions) {
    super(
      `${name} is not a Counterpart project.`,
      'Choose a file that was saved with “Save project as file”; its name ends in .counterpart.',
      options,
    );
  }
}

export class ProjectDamagedError extends CounterpartError {
  readonly code = 'project-damaged';
  /** @param what the part that is wrong, in a few words */
  constructor(name: string, what: string, options?: ErrorOptions) {
    super(
      `${name} is damaged: ${what}.`,
      'Use another copy of it. If it was copied or sent, copy it again: part of it may have been lost on the way.',
      options,
    );
  }
}

export class ProjectTooLargeError extends CounterpartError {
  readonly code = 'project-too-large';
  constructor(name: string, bytes: number, most: number) {
    const gigabytes = (value: number): string => (value / 2 ** 30).toFixed(1);
    super(
      `${name} has grown to ${gigabytes(bytes)} GB; a project can be opened again up to ${gigabytes(most)} GB.`,
      'Delete versions that you no longer need, or close some radiographs and open them in a project of their own, then save again. What was saved last is kept.',
    );
  }
}

/** Costs one version its picture, and nothing else. */
export class PixelsLostError extends CounterpartError {
  readonly code = 'pixels-lost';
  /** @param title what the version is called */
  constructor(title: string, options?: ErrorOptions) {
    super(
      `The pixels of “${title}” are no longer in this browser's storage, or were altered there.`,
      'Its readings and its recipe are kept: generate it again from the same request and seed. If you saved the project as a file, that file has them.',
      options,
    );
  }
}

export class ProjectNewerError extends CounterpartError {
  readonly code = 'project-newer';
  constructor(name: string, version: number, known: number) {
    super(
      `${name} was saved by a newer Counterpart (project format ${String(version)}; this one reads up to ${String(known)}).`,
      'Reload the page to get the current version, then open it again.',
    );
  }
}

export class ProjectMissingError extends CounterpartError {
  readonly code = 'project-missing';
  constructor() {
    super(
      'This project is no longer kept in this browser.',
      'It was deleted, here or in another tab. If you saved it as a file, open that file.',
    );
  }
}

export class ProjectOpenElsewhereError extends CounterpartError {
  readonly code = 'project-open-elsewhere';
  constructor(name: string) {
    super(
      `“${name}” is open in another tab.`,
      'Go on in that tab, or close it and open the project here. Two tabs would overwrite each other’s work.',
    );
  }
}

export class ProjectHandedOverError extends CounterpartError {
  readonly code = 'project-handed-over';
  constructor(title: string) {
    super(
      `This tab has given “${title}” to the page that takes its place, and writes it no longer.`,
      'Reload the page to work on. What was changed since it was saved last can be saved as a file first.',
    );
  }
}

export class StorageFullError extends CounterpartError {
  readonly code = 'storage-full';
  /** @param room what the browser says of its storage, as a sentence; may be empty */
  constructor(room: string, options?: ErrorOptions) {
    super(
      `The browser has no room left to keep this project.${room === '' ? '' : ` ${room}`}`,
      'Save the project as a file now, then delete projects you no longer need. You can go on working; nothing more is saved until there is room.',
      options,
    );
  }
}

export class StorageUnavailableError extends CounterpartError {
  readonly code = 'storage-unavailable';
  constructor(options?: ErrorOptions) {
    super(
      'The browser does not let this page keep projects.',
      'Private windows and some settings forbid it. You can go on working; save the project as a file before you close the page.',
      options,
    );
  }
}

export class StorageUnreliableError extends CounterpartError {
  readonly code = 'storage-unreliable';
  constructor(what: string) {
    super(
      `What the browser stored differs from what it was given: ${what}.`,
      'Save the project as a file now. The disk may be full or failing.',
    );
  }
}
