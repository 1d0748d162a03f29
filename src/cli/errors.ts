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
