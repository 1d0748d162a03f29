/** Whether a segmentation was drawn on the radiograph. */

import type { Radiograph } from '../../imaging/radiograph';
import { OtherFrameOfReferenceError, SegmentationOfAnotherImageError } from './errors';
import type { Segmentation } from './read-seg';

/** 'unlinked': one of the two does not say which image it is. */
export type Link = 'same-image' | 'unlinked';

/** @throws SegmentationOfAnotherImageError, OtherFrameOfReferenceError */
export function linkOf(
  segmentation: Segmentation,
  { dicomReference, frame, name }: Pick<Radiograph, 'dicomReference' | 'frame' | 'name'>,
  file: string,
): Link {
  const { references, frames, inPatientCoordinates, segments, elsewhere } = segmentation;
  const isElsewhere = segments.length === 0 && elsewhere.length > 0;
  const isOtherFrame = frame !== undefined && frames.length > 0 && !frames.includes(frame.number);
  if (dicomReference && references.includes(dicomReference.sopInstanceUid) && !isOtherFrame && !isElsewhere)
    return 'same-image';
  if (inPatientCoordinates) throw new OtherFrameOfReferenceError(file);
  if (dicomReference && references.length > 0) throw new SegmentationOfAnotherImageError(file, name);
  return 'unlinked';
}
