/** Why an edit could not be made. */

import { CounterpartError } from '../errors';
import type { Finding } from '../findings/vocabulary';
import { findingName } from '../findings/words';

export class MaskEmptyError extends CounterpartError {
  readonly code = 'mask-empty';
  constructor(image: string, places: string) {
    super(
      `There is nothing to change in ${image}: ${places} could not be found in it.`,
      'Paint the region with the brush, or choose another place.',
      { commandLine: 'Name another place, or paint the region in the studio.' },
    );
  }
}

export class ImplausibleEditError extends CounterpartError {
  readonly code = 'implausible-edit';
}

/** What is known of a finding does not fit this radiograph; `advice` names the nearest thing that can be done. */
export class SketchImpossibleError extends CounterpartError {
  readonly code = 'sketch-impossible';
}

export class NothingToRemoveError extends CounterpartError {
  readonly code = 'nothing-to-remove';
  constructor(image: string, finding: Finding) {
    super(
      `No ${findingName(finding)} was found to take away in ${image}: ${
        finding === 'effusion' ? 'neither reader sees one' : 'no opacity is read where it could lie'
      }.`,
      'If it is there, paint the place and erase it; else there is nothing to do.',
      { commandLine: 'If it is there, paint the place in the studio and erase it there; else there is nothing to do.' },
    );
  }
}

export class NotFrontalChestError extends CounterpartError {
  readonly code = 'not-frontal-chest';
  constructor(image: string, reason: string) {
    super(
      `${image} does not look like a frontal chest radiograph: ${reason}.`,
      'Open a frontal (PA or AP) chest radiograph, upright and not mirrored, or continue anyway: the result may be meaningless.',
      {
        commandLine:
          'Take a frontal (PA or AP) chest radiograph, upright and not mirrored, or go on with --allow-uncertain: the result may be meaningless.',
      },
    );
  }
}

export class CancelledError extends CounterpartError {
  readonly code = 'cancelled';
  constructor(options?: ErrorOptions) {
    super('The edit was cancelled.', 'Nothing has changed; generate again when ready.', options);
    // As the platform names it, so that callers need one check for both.
    this.name = 'AbortError';
  }
}

export class RecipeInvalidError extends CounterpartError {
  readonly code = 'recipe-invalid';
  constructor(image: string, reason: string, options?: ErrorOptions) {
    super(
      `The recipe inside ${image} cannot be read: ${reason}.`,
      'The image itself can still be opened; make the edit again to get a new recipe.',
      options,
    );
  }
}

/** @throws CancelledError */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new CancelledError({ cause: signal.reason });
}
