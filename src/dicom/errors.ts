/** What can be wrong with a DICOM file. What any image file may suffer from is in imaging/errors.ts. */

import { CounterpartError } from '../errors';

const UNCOMPRESS =
  'Save it as uncompressed DICOM (Explicit VR Little Endian), for instance with dcmconv or gdcmconv --raw, then open that.';

export class TruncatedDicomError extends CounterpartError {
  readonly code = 'truncated-dicom';
  constructor(name: string, options?: ErrorOptions) {
    super(
      `${name} is incomplete: the DICOM data ends before the image does.`,
      'Copy or download the file again; the transfer was cut short.',
      options,
    );
  }
}

export class CorruptDicomError extends CounterpartError {
  readonly code = 'corrupt-dicom';
  constructor(name: string, reason: string, options?: ErrorOptions) {
    super(
      `${name} is damaged and cannot be read as DICOM: ${reason}.`,
      'Export the image again from the archive it came from.',
      options,
    );
  }
}

export class NoPixelDataError extends CounterpartError {
  readonly code = 'no-pixel-data';
  constructor(name: string) {
    super(
      `${name} is a DICOM file without an image (no pixel data).`,
      'Open the image object of the study, not a report, presentation state or DICOMDIR.',
    );
  }
}

export class PixelDataTooShortError extends CounterpartError {
  readonly code = 'pixel-data-too-short';
  constructor(name: string, width: number, height: number, expected: number, actual: number) {
    super(
      `${name} states ${width} × ${height} pixels (${expected} bytes) but holds only ${actual} bytes of them.`,
      'Export the image again from the archive it came from.',
    );
  }
}

export class FrameOutOfRangeError extends CounterpartError {
  readonly code = 'frame-out-of-range';
  constructor(name: string, frame: number, count: number) {
    super(
      `${name} holds ${count === 1 ? 'one picture' : `${count} frames`}; there is no frame ${frame}.`,
      count === 1 ? 'Leave the frame out.' : `Choose a frame from 1 to ${count}.`,
    );
  }
}

export class UnsupportedTransferSyntaxError extends CounterpartError {
  readonly code = 'unsupported-transfer-syntax';
  constructor(name: string, uid: string, title: string | undefined) {
    super(
      `${name} is encoded as ${title ?? 'an unknown transfer syntax'} (${uid}), which Counterpart cannot read.`,
      UNCOMPRESS,
    );
  }
}

export class UnsupportedPhotometricError extends CounterpartError {
  readonly code = 'unsupported-photometric';
  constructor(name: string, photometric: string) {
    super(
      `${name} has the photometric interpretation ${photometric}; only MONOCHROME1 and MONOCHROME2 are radiographs.`,
      'Open the original greyscale image rather than a colour or screen copy of it.',
    );
  }
}

export class UnsupportedBitsError extends CounterpartError {
  readonly code = 'unsupported-bits';
  constructor(name: string, allocated: string, stored: string) {
    super(
      `${name} keeps ${stored} bits of ${allocated} a pixel; up to 16 bits stored in 8, 16 or 32 can be read.`,
      'Export the image again with 16 bits a pixel.',
    );
  }
}

export class LateralViewError extends CounterpartError {
  readonly code = 'lateral-view';
  constructor(name: string, view: string) {
    super(`${name} is a lateral view (${view}).`, 'Open the frontal (PA or AP) view of the study.');
  }
}

export class NotARadiographError extends CounterpartError {
  readonly code = 'not-a-radiograph';
  constructor(name: string, modality: string) {
    super(
      `${name} comes from another modality (${modality}); it is not a radiograph.`,
      'Open a chest radiograph (modality CR, DX or RG).',
    );
  }
}
