/** Which DICOM instance a radiograph is: what a segmentation of it has to name. UIDs only, nothing of the patient. */

import type { DicomReference } from '../imaging/radiograph';
import type { DicomDataSet } from './data-set';
import { TAG } from './tags';

const UID = /^(?=.{1,64}$)[0-2](?:\.(?:0|[1-9]\d*))+$/;

/** Undefined when one of the UIDs is missing or ill-formed. */
export function readReference(dataSet: DicomDataSet): DicomReference | undefined {
  const uid = (tag: string): string | undefined => {
    const text = dataSet.text(tag);
    return text !== undefined && UID.test(text) ? text : undefined;
  };
  const studyInstanceUid = uid(TAG.studyInstanceUid);
  const seriesInstanceUid = uid(TAG.seriesInstanceUid);
  const sopClassUid = uid(TAG.sopClassUid);
  const sopInstanceUid = uid(TAG.sopInstanceUid);
  if (
    studyInstanceUid === undefined ||
    seriesInstanceUid === undefined ||
    sopClassUid === undefined ||
    sopInstanceUid === undefined
  )
    return undefined;
  return { studyInstanceUid, seriesInstanceUid, sopClassUid, sopInstanceUid };
}
