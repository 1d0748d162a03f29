/** Whether a segmentation was drawn on the radiograph. */

import type { Radiograph } from '../../imaging/radiograph';
import { OtherFrameOfReferenceError, SegmentationOfAnotherImageError } from './errors';
import type { Segmentation } from './read-seg';

/** 'unlinked': one of the two does not say which image it is. */
export type Link = 'same-image' | 'unlinked';

/** @throws SegmentationOfAnotherImageError, OtherFrameOfReferenceError */
export function linkOf(
  segmentation: Segmentation,
  { dicomReference, name }: Pick<Radiograph, 'dicomReference' | 'name'>,
  file: string,
): Link {
  const { references, inPatientCoordinates } = segmentation;
  if (dicomReference && references.includes(dicomReference.sopInstanceUid)) return 'same-image';
  if (inPatientCoordinates) throw new OtherFrameOfReferenceError(file);
  if (dicomReference && references.length > 0) throw new SegmentationOfAnotherImageError(file, name);
  return 'unlinked';
}
