/** Groups of attributes that every file we write has, or refers with. */

import type { DicomReference, FrameOfFile } from '../imaging/radiograph';
import type { Attributes } from './encode';

/** Present and empty, as type 2 allows: nothing of the patient is written. */
export function emptyPatientAndStudy(): Attributes {
  return {
    '00080020': ['DA', ''],
    '00080030': ['TM', ''],
    '00080050': ['SH', ''],
    '00080090': ['PN', ''],
    '00100010': ['PN', ''],
    '00100020': ['LO', ''],
    '00100030': ['DA', ''],
    '00100040': ['CS', ''],
    '00200010': ['SH', ''],
  };
}

/** Values of VR DA and TM, UTC. */
export function timeOf(now: Date): { readonly date: string; readonly time: string } {
  const digits = now.toISOString().replaceAll(/[-:T]/g, '');
  return { date: digits.slice(0, 8), time: digits.slice(8, 14) };
}

/** Class and instance UID, as references name them. */
export function instanceOf({ sopClassUid, sopInstanceUid }: DicomReference): Attributes {
  return { '00081150': ['UI', sopClassUid], '00081155': ['UI', sopInstanceUid] };
}

/** The same of an image, with the frame where it holds several (PS3.3 table 10-3). */
export function imageOf(reference: DicomReference, frame: FrameOfFile | undefined): Attributes {
  return { ...instanceOf(reference), ...(frame && { '00081160': ['IS', String(frame.number)] }) };
}

/** The programs that had a part in it (PS3.3 C.12.1.1.5): this one, of which nothing was acquired. */
export function contributingEquipment(version: string, [purpose, meaning]: readonly [string, string]): Attributes {
  return {
    '0018A001': [
      'SQ',
      [
        {
          '00080070': ['LO', 'Counterpart'],
          '00081090': ['LO', 'Counterpart'],
          '00181020': ['LO', version],
          '0040A170': ['SQ', [code(purpose, 'DCM', meaning)]],
        },
      ],
    ],
  };
}

export function code(value: string, scheme: string, meaning: string): Attributes {
  return { '00080100': ['SH', value], '00080102': ['SH', scheme], '00080104': ['LO', meaning] };
}
