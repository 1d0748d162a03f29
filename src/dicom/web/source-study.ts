/** The patient and the study that a film belongs to, as the archive has them now: what a result needs to be filed beside its source. */

import type { Attributes, Value } from '../encode';
import { OPTIONAL_OF_STUDY, PATIENT_AND_STUDY } from '../patient-study';
import { ArchiveAnswerError } from './errors';
import { isUnreadable, textOf, textsOf, type JsonDataSet } from './json';

export interface SourceStudy {
  readonly studyInstanceUid: string;
  /** Of the patient and the study, ready to be written; identifying. */
  readonly attributes: Attributes;
  /** For a question to the user. */
  readonly patientName: string | undefined;
  readonly patientId: string | undefined;
  readonly accession: string | undefined;
  /** YYYY-MM-DD. */
  readonly date: string | undefined;
}

/**
 * @param archive its name
 * @throws ArchiveAnswerError where something of the patient or the study is there and cannot be read: nobody's record is not theirs
 */
export function sourceStudy(dataSet: JsonDataSet, studyInstanceUid: string, archive: string): SourceStudy {
  const attributes: Record<string, Value> = {};
  for (const [tag, vr] of Object.entries(PATIENT_AND_STUDY)) {
    if (isUnreadable(dataSet, tag))
      throw new ArchiveAnswerError(archive, `what it has of patient and study (${tag}) is no text`);
    const value = textsOf(dataSet, tag).join('\\');
    if (value !== '' || !OPTIONAL_OF_STUDY.has(tag)) attributes[tag] = [vr, value];
  }
  return {
    studyInstanceUid,
    attributes,
    patientName: textOf(dataSet, '00100010'),
    patientId: textOf(dataSet, '00100020'),
    accession: textOf(dataSet, '00080050'),
    date: dayOf(textOf(dataSet, '00080020')),
  };
}

/** YYYY-MM-DD of a value of VR DA. */
export function dayOf(date: string | undefined): string | undefined {
  const match = /^(\d{4})\.?(\d\d)\.?(\d\d)$/.exec(date ?? '');
  return match === null ? undefined : `${match[1] ?? ''}-${match[2] ?? ''}-${match[3] ?? ''}`;
}

/** HH:MM of a value of VR TM. */
export function minuteOf(time: string | undefined): string | undefined {
  const match = /^(\d\d):?(\d\d)/.exec(time ?? '');
  return match === null ? undefined : `${match[1] ?? ''}:${match[2] ?? ''}`;
}
