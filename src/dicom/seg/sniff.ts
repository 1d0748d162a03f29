/** Whether a file is a DICOM segmentation, whatever kind of one: a mask rather than a radiograph. */

import { parseDataSet } from '../data-set';
import { TAG } from '../tags';
import { LABEL_MAP_STORAGE, SEGMENTATION_STORAGE } from './seg-tags';

/** Never throws: what cannot be told is left to whoever opens the file. */
export function isSegmentation(bytes: Uint8Array, name: string): boolean {
  try {
    const sopClass = parseDataSet(bytes, name)?.dataSet.text(TAG.sopClassUid);
    return sopClass === SEGMENTATION_STORAGE || sopClass === LABEL_MAP_STORAGE;
  } catch {
    return false;
  }
}
