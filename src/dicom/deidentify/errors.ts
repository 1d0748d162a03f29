/** Why a file is not de-identified: what cannot be looked through whole is not handed on. */

import { CounterpartError } from '../../errors';

export class NotDeidentifiedError extends CounterpartError {
  readonly code = 'not-deidentified';
  constructor(name: string, reason: string, options?: ErrorOptions) {
    super(
      `${name} was not de-identified: ${reason}.`,
      'Leave it out, or save the image anew as DICOM in Explicit VR Little Endian, then try again.',
      options,
    );
  }
}
