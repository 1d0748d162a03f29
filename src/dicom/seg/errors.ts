/** What can be wrong with a DICOM segmentation. */

import { CounterpartError } from '../../errors';

export class NotASegmentationError extends CounterpartError {
  readonly code = 'not-a-segmentation';
  constructor(name: string, modality: string | undefined) {
    super(
      `${name} is a DICOM file but no segmentation${modality === undefined ? '' : ` (its modality is ${modality})`}.`,
      'Import a DICOM SEG object (modality SEG) or an 8-bit PNG; open images with “Open radiographs”.',
    );
  }
}

export class UnsupportedSegmentationError extends CounterpartError {
  readonly code = 'unsupported-segmentation';
  constructor(name: string, what: string) {
    super(
      `${name} is ${what}, which cannot become a mask here.`,
      'Export the segmentation as a BINARY DICOM SEG, or each segment as an 8-bit PNG.',
    );
  }
}

export class SegmentationOfSlicesError extends CounterpartError {
  readonly code = 'segmentation-of-slices';
  constructor(name: string, label: string, frames: number) {
    super(
      `${name} holds ${frames} frames for “${label}”: it belongs to slices of a volume, not to a radiograph.`,
      'Import a segmentation that was drawn on this radiograph.',
    );
  }
}

export class SegmentationOfAnotherImageError extends CounterpartError {
  readonly code = 'segmentation-of-another-image';
  constructor(name: string, radiograph: string) {
    super(
      `${name} was drawn on another image than ${radiograph}: it names a different SOP instance, or a different frame of the file.`,
      'Open the radiograph (and the frame) that it belongs to. If it is a copy of this one, export the segments as PNG and import those.',
    );
  }
}

export class OtherFrameOfReferenceError extends CounterpartError {
  readonly code = 'other-frame-of-reference';
  constructor(name: string) {
    super(
      `${name} places its segments in a patient’s coordinates (a frame of reference), which a radiograph has none of.`,
      'Import a segmentation that was drawn on this radiograph, or an 8-bit PNG of the same size.',
    );
  }
}

export class DamagedSegmentationError extends CounterpartError {
  readonly code = 'damaged-segmentation';
  constructor(name: string, reason: string) {
    super(`${name} is damaged: ${reason}.`, 'Export the segmentation again from where it came from.');
  }
}
