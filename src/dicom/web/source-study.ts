/** The patient and the study that a film belongs to, as the archive has them now: what a result needs to be filed beside its source. */

import type { Attributes, Value } from '../encode';
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
 * Patient (PS3.3 C.7.1.1) and General Study (C.7.2.1), by tag. Type 2: written empty where the archive has nothing. The issuer tells
 * patients of two hospitals with one number from each other.
 */
const KEPT: Readonly<Record<string, Extract<Value[0], 'PN' | 'LO' | 'SH' | 'DA' | 'TM' | 'CS'>>> = {
  '00080020': 'DA',
  '00080030': 'TM',
  '00080050': 'SH',
  '00080090': 'PN',
  '00081030': 'LO',
  '00100010': 'PN',
  '00100020': 'LO',
  '00100021': 'LO',
  '00100030': 'DA',
  '00100040': 'CS',
  '00200010': 'SH',
};
/** Left out where the archive has nothing: type 3 may not be empty for some viewers. */
const OPTIONAL = new Set(['00081030', '00100021']);

/**
 * @param archive its name
 * @throws ArchiveAnswerError where something of the patient or the study is there and cannot be read: nobody's record is not theirs
 */
export function sourceStudy(dataSet: JsonDataSet, studyInstanceUid: string, archive: string): SourceStudy {
  const attributes: Record<string, Value> = {};
  for (const [tag, vr] of Object.entries(KEPT)) {
    if (isUnreadable(dataSet, tag))
      throw new ArchiveAnswerError(archive, `what it has of patient and study (${tag}) is no text`);
    const value = textsOf(dataSet, tag).join('\\');
    if (value !== '' || !OPTIONAL.has(tag)) attributes[tag] = [vr, value];
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
