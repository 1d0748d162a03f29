/** Whose film a DICOM file is, and of which study: read only when something is written that shall be filed beside it. */

import { parseDataSet } from './data-set';
import type { Attributes, Value } from './encode';
import { TAG } from './tags';

/**
 * Patient (PS3.3 C.7.1.1) and General Study (C.7.2.1), by tag. Type 2: written empty where there is nothing. The issuer tells
 * patients of two hospitals with one number from each other.
 */
export const PATIENT_AND_STUDY: Readonly<Record<string, Extract<Value[0], 'PN' | 'LO' | 'SH' | 'DA' | 'TM' | 'CS'>>> = {
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
/** Left out where there is nothing: type 3 may not be empty for some viewers. */
export const OPTIONAL_OF_STUDY = new Set(['00081030', '00100021']);

/** Defined terms of Specific Character Set (PS3.3 C.12.1.1.2) that browsers decode, by their number or name. */
const CHARACTER_SETS: Readonly<Record<string, string>> = {
  '100': 'iso-8859-1',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '144': 'iso-8859-5',
  '127': 'iso-8859-6',
  '126': 'iso-8859-7',
  '138': 'iso-8859-8',
  '148': 'windows-1254',
  '13': 'shift_jis',
  '166': 'windows-874',
  '192': 'utf-8',
  '87': 'iso-2022-jp',
  '149': 'euc-kr',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/**
 * As text in Unicode; a value in characters that cannot be decoded is left empty.
 * @returns undefined of what is no DICOM file, or says nothing of the patient
 */
export function patientAndStudyOf(file: Uint8Array, name: string): Attributes | undefined {
  const dataSet = parseDataSet(file, name)?.dataSet;
  if (!dataSet) return undefined;
  const decode = decoderOf(dataSet.texts(TAG.specificCharacterSet));
  const attributes: Record<string, Value> = {};
  for (const [tag, vr] of Object.entries(PATIENT_AND_STUDY)) {
    const value = decode(dataSet.encoded(`x${tag}`) ?? new Uint8Array());
    if (value !== '' || !OPTIONAL_OF_STUDY.has(tag)) attributes[tag] = [vr, value];
  }
  const isKnown = ['00100010', '00100020'].some((tag) => attributes[tag]?.[1] !== '');
  return isKnown ? attributes : undefined;
}

/** Of the sets that are switched between by escapes (PS3.5 6.1.2.5), browsers decode the Japanese ones alone. */
const WITH_ESCAPES = 'iso-2022-jp';
const ESCAPE = 0x1b;

/** Of several sets only escapes say which one is meant, so that without them a value could be read as another name. */
function decoderOf(terms: readonly string[]): (bytes: Uint8Array) => string {
  const numbers = terms.map((term) => term.replace(/^ISO(?:_| 2022 )IR /, ''));
  // 6 is ASCII, which all have.
  const labels = new Set(numbers.filter((number) => number !== '6').map((number) => CHARACTER_SETS[number]));
  const label = labels.has(WITH_ESCAPES) ? WITH_ESCAPES : labels.size === 1 ? [...labels][0] : undefined;
  return (bytes) => {
    const isPlain = bytes.every((byte) => byte < 0x80 && byte !== ESCAPE);
    if (!isPlain && (label === undefined || (label !== WITH_ESCAPES && bytes.includes(ESCAPE)))) return '';
    const text = new TextDecoder(isPlain ? 'ascii' : label).decode(bytes);
    return text.includes('\ufffd') ? '' : text.replace(/[\0 ]+$/, '');
  };
}
