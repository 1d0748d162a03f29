/**
 * The receipt of a counterfactual as a DICOM structured report (Comprehensive SR, PS3.3 A.35.3): what was asked, the verdict, and line by
 * line why, with the figures. It names the picture that it is of, and stands in that picture's study as a series of its own.
 */

import type { Receipt } from '../../counterfactual/receipt/receipt';
import type { ReceiptLine, Verdict } from '../../counterfactual/receipt/line';
import type { DicomReference, FrameOfFile } from '../../imaging/radiograph';
import { encodeFile, type Attributes } from '../encode';
import { code, contributingEquipment, emptyPatientAndStudy, imageOf, instanceOf, timeOf } from '../modules';
import { uidOfText } from '../uid';

export const COMPREHENSIVE_SR = '1.2.840.10008.5.1.4.1.1.88.33';

/** Of this product as a maker of observations (DCM 121012). */
const OBSERVER = '2.25.320421741646026614170477961487140716483';

export interface ReceiptOptions {
  readonly version: string;
  /** In words. */
  readonly request: string;
  /** The counterfactual as it was written; its receipt has the same number in its own series. */
  readonly result: DicomReference & { readonly instanceNumber: number };
  /** The film that it was made from, where it may be named. */
  readonly source?: { readonly reference: DicomReference; readonly frame: FrameOfFile | undefined } | undefined;
  readonly now?: Date;
}

const OWN = '99COUNTERPART';

/** Meanings of codes, which stay English in every language of the screen. */
const VERDICTS: Readonly<Record<Verdict, readonly [code: string, meaning: string]>> = {
  green: ['GOOD', 'Good'],
  amber: ['WITH_CARE', 'With care'],
  red: ['DO_NOT_RELY', 'Do not rely on it'],
};

/** The same for the same result and receipt: written again it is the same instance. */
export async function writeReceipt(
  { verdict, lines }: Receipt,
  { version, request, result, source, now = new Date() }: ReceiptOptions,
): Promise<Uint8Array> {
  const content = [
    ...context(),
    contained({ ...image(result, undefined), '0040A043': ['SQ', [concept('RESULT', 'Counterfactual')]] }),
    ...(source
      ? [
          contained({
            ...image(source.reference, source.frame),
            '0040A043': ['SQ', [concept('SOURCE', 'Radiograph it was made from')]],
          }),
        ]
      : []),
    text('ASKED', 'Asked', request),
    verdictItem(verdict),
    ...lines.map(lineItem),
  ];
  const told = JSON.stringify([version, request, verdict, lines]);
  const instance = await uidOfText(`receipt of ${result.sopInstanceUid} ${told}`);
  const { date, time } = timeOf(now);
  return encodeFile(COMPREHENSIVE_SR, instance, {
    '00080005': ['CS', 'ISO_IR 192'],
    '00080012': ['DA', date],
    '00080013': ['TM', time],
    '00080016': ['UI', COMPREHENSIVE_SR],
    '00080018': ['UI', instance],
    ...emptyPatientAndStudy(),
    '00080023': ['DA', date],
    '00080033': ['TM', time],
    '00080060': ['CS', 'SR'],
    '00080070': ['LO', 'Counterpart'],
    '0008103E': ['LO', 'Receipt of a SYNTHETIC counterfactual'],
    '00081111': ['SQ', []],
    '00120062': ['CS', 'YES'],
    '00120063': ['LO', 'No attribute of the patient copied'],
    '00181020': ['LO', version],
    ...contributingEquipment(version, ['109100', 'Synthesizing Equipment']),
    '0020000D': ['UI', result.studyInstanceUid],
    '0020000E': ['UI', await uidOfText(`receipts beside ${result.seriesInstanceUid}`)],
    '00200011': ['IS', '2'],
    '00200013': ['IS', String(result.instanceNumber)],
    '0040A040': ['CS', 'CONTAINER'],
    '0040A043': ['SQ', [concept('RECEIPT', 'Receipt of a counterfactual')]],
    '0040A050': ['CS', 'SEPARATE'],
    '0040A372': ['SQ', []],
    '0040A375': ['SQ', evidence([result, ...(source ? [source.reference] : [])])],
    '0040A491': ['CS', 'COMPLETE'],
    // By a person: nobody has.
    '0040A493': ['CS', 'UNVERIFIED'],
    '0040A730': ['SQ', content],
  });
}

/** In English, by a device (PS3.16 TID 1204 and 1004). */
function context(): readonly Attributes[] {
  return [
    {
      ...coded(code('121049', 'DCM', 'Language of Content Item and Descendants'), code('en', 'RFC5646', 'English')),
      '0040A010': ['CS', 'HAS CONCEPT MOD'],
    },
    {
      ...coded(code('121005', 'DCM', 'Observer Type'), code('121007', 'DCM', 'Device')),
      '0040A010': ['CS', 'HAS OBS CONTEXT'],
    },
    {
      '0040A010': ['CS', 'HAS OBS CONTEXT'],
      '0040A040': ['CS', 'UIDREF'],
      '0040A043': ['SQ', [code('121012', 'DCM', 'Device Observer UID')]],
      '0040A124': ['UI', OBSERVER],
    },
    {
      '0040A010': ['CS', 'HAS OBS CONTEXT'],
      '0040A040': ['CS', 'TEXT'],
      '0040A043': ['SQ', [code('121013', 'DCM', 'Device Observer Name')]],
      '0040A160': ['UT', 'Counterpart'],
    },
  ];
}

type LineKind = Exclude<ReceiptLine['id'], `effect-${string}`>;

const HEADINGS: Readonly<Record<LineKind, string>> = {
  effect: 'Effect on what was asked for',
  others: 'Other findings',
  outside: 'Outside of the mask',
  undo: 'Undoing it',
  anatomy: 'Anatomy',
  realism: 'Realism',
  training: 'Nearest training image',
};

/** An effect on a further finding is the same kind of line. */
function headingOf(id: ReceiptLine['id']): Attributes {
  const kind = id === 'effect' || id.startsWith('effect-') ? 'effect' : id;
  // A receipt that is read from a file may have lines of another release.
  return kind in HEADINGS
    ? concept(kind.toUpperCase(), HEADINGS[kind as LineKind])
    : concept('LINE', 'Line of the receipt');
}

/** A line: its question as a heading, and below it the verdict, the reason and the figures. */
function lineItem({ id, question, verdict, reason, figures }: ReceiptLine): Attributes {
  return contained({
    '0040A040': ['CS', 'CONTAINER'],
    '0040A043': ['SQ', [headingOf(id)]],
    '0040A050': ['CS', 'SEPARATE'],
    '0040A730': [
      'SQ',
      [
        text('QUESTION', 'Question', question),
        verdictItem(verdict),
        text('REASON', 'Reason', reason),
        ...figures.map(({ label, value }) => text('FIGURE', 'Figure', `${label}: ${value}`)),
      ],
    ],
  });
}

function verdictItem(verdict: Verdict | undefined): Attributes {
  const [value, meaning] = verdict === undefined ? (['NOT_MEASURED', 'Not measured'] as const) : VERDICTS[verdict];
  return contained(coded(concept('VERDICT', 'Verdict'), concept(value, meaning)));
}

function text(value: string, meaning: string, said: string): Attributes {
  return contained({
    '0040A040': ['CS', 'TEXT'],
    '0040A043': ['SQ', [concept(value, meaning)]],
    // A value has to be there.
    '0040A160': ['UT', said === '' ? '-' : said],
  });
}

function coded(name: Attributes, value: Attributes): Attributes {
  return { '0040A040': ['CS', 'CODE'], '0040A043': ['SQ', [name]], '0040A168': ['SQ', [value]] };
}

function image(reference: DicomReference, frame: FrameOfFile | undefined): Attributes {
  return { '0040A040': ['CS', 'IMAGE'], '00081199': ['SQ', [imageOf(reference, frame)]] };
}

function contained(item: Attributes): Attributes {
  return { '0040A010': ['CS', 'CONTAINS'], ...item };
}

/** A code of our own, which means the same wherever it stands. */
function concept(value: string, meaning: string): Attributes {
  return code(value, OWN, meaning);
}

/** All that the report names, by study and series (PS3.3 table C.17-3). */
function evidence(instances: readonly DicomReference[]): readonly Attributes[] {
  const studies = new Map<string, Map<string, DicomReference[]>>();
  for (const instance of instances) {
    const series = studies.get(instance.studyInstanceUid) ?? new Map<string, DicomReference[]>();
    series.set(instance.seriesInstanceUid, [...(series.get(instance.seriesInstanceUid) ?? []), instance]);
    studies.set(instance.studyInstanceUid, series);
  }
  return [...studies].map(([study, series]) => ({
    '00081115': [
      'SQ',
      [...series].map(([uid, own]): Attributes => ({
        '00081199': ['SQ', own.map(instanceOf)],
        '0020000E': ['UI', uid],
      })),
    ],
    '0020000D': ['UI', study],
  }));
}
