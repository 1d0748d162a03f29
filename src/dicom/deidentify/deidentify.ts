/**
 * A DICOM image without what tells whose it is: the Basic Profile of PS3.15 (profile.ts), all private attributes removed, UIDs and
 * the patient replaced and dates moved by a key. Pixels are searched for text and left as they are, but for bits beyond the image's own and for boxes
 * that are asked to be black.
 */

import type { Element } from 'dicom-parser';
import type { Box } from '../../imaging/box';
import { joinedBytes } from '../../imaging/bytes';
import type { LossyCompression } from '../../imaging/radiograph';
import { parseDataSet, type DicomDataSet } from '../data-set';
import { fileOf } from '../encode';
import { TAG } from '../tags';
import { EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../transfer-syntax';
import { isDeflated } from '../layout';
import { elementBytes, itemBytes } from './elements';
import { NotDeidentifiedError } from './errors';
import { covered, type Covered } from './cover';
import { actionOf, isForeign, representationOf } from './profile';
import type { Pseudonym, Pseudonyms } from './pseudonyms';
import { placesOf, searchedForText, type FoundText } from './search';
import { isKnownUid, isNameOfClass, isUid, isUidOfSomebody, replacements, uidsIn } from './uids';
import { dummyOf, earlier, LONGEST_TEXT, textOf } from './values';
import { holdsWord, wordsOf, type Words } from './words';

export interface DeidentifyOptions {
  /** Dates lie earlier by the patient's own number of weeks (option 113107), or are gone. */
  readonly dates: 'moved' | 'removed';
  /** Sex, age, size, weight, ethnic group and smoking status stay (option 113108). */
  readonly keepCharacteristics: boolean;
  /** Of the file, in pixels of the picture as it is stored: black in every frame. */
  readonly boxes?: readonly Box[] | undefined;
  /** Somebody who has looked says that with the boxes nothing is burned in any more (option 113101). */
  readonly allCovered?: boolean | undefined;
}

export interface Deidentified {
  readonly bytes: Uint8Array;
  readonly sopInstanceUid: string;
  /** What happened to which attributes, by tag; no values. */
  readonly done: readonly { readonly tag: string; readonly what: string }[];
  readonly warnings: readonly string[];
  /** Where writing seems to be burned into what is written, in pixels of the picture as it is stored. */
  readonly text: FoundText;
}

const BIRTH_AND_PATIENT = /^0010/;
/** Values of that length whose content is known: tables of greys and colours. */
const TABLES = /^0028/;
const PATIENT_NAME = '00100010';
const PATIENT_ID = '00100020';
const PIXEL_DATA = '7FE00010';
const BURNED_IN = '00280301';

/** Values of at most 64 characters: LO. */
const METHOD = 'Counterpart, PS3.15 2026c Basic Profile';
const SEARCHED = 'Pixels searched for text by shape of strokes, not read';
const NOT_SEARCHED = 'Pixels not searched for text';

interface Run {
  readonly options: DeidentifyOptions;
  readonly patient: Pseudonym;
  readonly uids: ReadonlyMap<string, string>;
  /** Words of names and identifiers: text that holds one is emptied wherever it stands. */
  readonly words: Words;
  readonly done: { tag: string; what: string }[];
}

/** @throws NotDeidentifiedError, and what parsing throws */
export async function deidentify(
  file: Uint8Array,
  name: string,
  pseudonyms: Pseudonyms,
  options: DeidentifyOptions,
): Promise<Deidentified> {
  const dataSet = parseDataSet(file, name)?.dataSet;
  if (!dataSet) throw new NotDeidentifiedError(name, 'it is no DICOM file');
  if (!dataSet.element(TAG.pixelData)) throw new NotDeidentifiedError(name, 'it holds no image');
  if (dataSet.bigEndian) throw new NotDeidentifiedError(name, 'it is in big endian');
  if (dataSet.implicit && dataSet.element(TAG.pixelData)?.hadUndefinedLength === true)
    throw new NotDeidentifiedError(name, 'it is encoded otherwise than its transfer syntax says');
  if (dataSet.element(TAG.sopClassUid)?.vr === 'UN')
    throw new NotDeidentifiedError(name, 'its attributes have no known representation (UN)');
  if (dataSet.all().some(({ dataOffset, length }) => dataOffset + length > dataSet.bytes.length))
    throw new NotDeidentifiedError(name, 'it ends before its image does');
  const sopClassUid = dataSet.text(TAG.sopClassUid);
  const instance = dataSet.text(TAG.sopInstanceUid);
  if (sopClassUid === undefined || !isUid(sopClassUid) || instance === undefined)
    throw new NotDeidentifiedError(name, 'it does not say what it is an instance of');
  const uids = await replacements(dataSet, pseudonyms);
  const run: Run = {
    options,
    patient: await pseudonyms.patient(identityOf(dataSet) ?? instance),
    uids,
    words: wordsOf(dataSet, uids),
    done: [],
  };
  const kept = rewritten(dataSet, run);
  const cover = await coverOf(dataSet, run, name);
  const sopInstanceUid = uids.get(instance) ?? (await pseudonyms.uid(instance));
  const { transferSyntax } = dataSet;
  const syntax =
    cover?.decoded || isDeflated(transferSyntax)
      ? EXPLICIT_LITTLE
      : dataSet.implicit
        ? IMPLICIT_LITTLE
        : transferSyntax;
  const fileWith = (attributes: readonly Written[], text: FoundText): Uint8Array => {
    const said = statements(options, dataSet.implicit, cover, text);
    const all = [...attributes.filter(({ tag }) => said.every((each) => each.tag !== tag)), ...said];
    const body = joinedBytes(all.sort((a, b) => (a.tag < b.tag ? -1 : 1)).map(({ bytes }) => bytes));
    return fileOf(sopClassUid, sopInstanceUid, syntax, body);
  };
  const text = await searchedForText(fileWith(kept, undefined), name);
  return {
    bytes: fileWith(withoutFalseClaim(kept, dataSet, run, text), text),
    sopInstanceUid,
    done: run.done,
    warnings: [...(cover?.warnings ?? []), ...warningsOf(dataSet, options, text)],
    text,
  };
}

/**
 * Boxes show that something was burned in, text that is found, that it still is, and of pixels that cannot be searched nobody
 * knows; unless somebody says that nothing is burned in any more, a NO of the source goes.
 */
function withoutFalseClaim(
  written: readonly Written[],
  dataSet: DicomDataSet,
  { options: { boxes = [], allCovered }, done }: Run,
  text: FoundText,
): readonly Written[] {
  const claim = dataSet.text(TAG.burnedInAnnotation)?.toUpperCase();
  const isSearchedClean = boxes.length === 0 && text?.length === 0;
  if (isSearchedClean || allCovered || claim === undefined || claim === 'YES') return written;
  const why =
    boxes.length > 0 ? 'boxes were set' : text === undefined ? 'pixels could not be searched' : 'text was found';
  done.push({ tag: BURNED_IN, what: `removed, since ${why}` });
  return written.filter(({ tag }) => tag !== BURNED_IN);
}

/** The pixels with their boxes; undefined: none were asked for. */
async function coverOf(dataSet: DicomDataSet, { options, done }: Run, name: string): Promise<Covered | undefined> {
  const { boxes = [] } = options;
  if (boxes.length === 0) return undefined;
  done.push({ tag: PIXEL_DATA, what: `${boxes.length} ${boxes.length === 1 ? 'box' : 'boxes'} set to black` });
  const pixels = withoutSpareBits(dataSet, dataSet.encoded(TAG.pixelData) ?? new Uint8Array());
  return covered(dataSet, pixels, boxes, name);
}

/**
 * What tells the patient from others: the ID, with who gave it out where that is said; else name and date of birth, both, since
 * many are called Anonymous; else the study.
 */
function identityOf(dataSet: DicomDataSet): string | undefined {
  const [id, issuer] = [dataSet.text('x00100020'), dataSet.text('x00100021')];
  // A backslash parts values and so is in none.
  if (id !== undefined) return issuer === undefined ? id : `${id}\\${issuer}`;
  const [name, born] = [dataSet.text('x00100010'), dataSet.text(TAG.patientBirthDate)];
  return name !== undefined && born !== undefined ? `${name}\\${born}` : dataSet.text(TAG.studyInstanceUid);
}

interface Written {
  readonly tag: string;
  readonly bytes: Uint8Array;
}

function rewritten(dataSet: DicomDataSet, run: Run): readonly Written[] {
  return dataSet.all().flatMap((element): readonly Written[] => {
    const tag = element.tag.slice(1).toUpperCase();
    // Meta information inside the data set, lengths of groups, and padding at the end.
    if (/^000[0-7]|^....0000$|^FFF[CE]/.test(tag)) return [];
    const value = newValue(dataSet, element, tag, run);
    if (value === undefined) return [];
    const vr = element.items ? 'SQ' : (element.vr ?? 'UN');
    return [
      {
        tag,
        bytes: elementBytes(
          tag,
          vr,
          value,
          dataSet.implicit,
          element.hadUndefinedLength === true && tag === PIXEL_DATA,
        ),
      },
    ];
  });
}

/** Undefined: the element is removed. */
function newValue(dataSet: DicomDataSet, element: Element, tag: string, run: Run): string | Uint8Array | undefined {
  const { options, patient, done } = run;
  const note = (what: string): void => {
    done.push({ tag, what });
  };
  const vr = element.vr ?? representationOf(tag);
  const action = actionOf(tag, options.keepCharacteristics);
  if (tag === PATIENT_NAME || tag === PATIENT_ID) {
    note('replaced');
    return patient.id;
  }
  const old = dataSet.bytes.subarray(element.dataOffset, element.dataOffset + element.length);
  if (tag === PIXEL_DATA) return withoutSpareBits(dataSet, old);
  const isRemoved = action === 'remove';
  if (isRemoved && isForeign(tag)) {
    note('removed');
    return undefined;
  }
  const isDate = (vr === 'DA' || vr === 'DT') && !BIRTH_AND_PATIENT.test(tag);
  if (isDate && options.dates === 'moved') {
    const date = earlier(textOf(old), patient.days);
    if (date !== undefined) {
      note('moved');
      return date;
    }
  }
  const isTable = TABLES.test(tag) && action === undefined;
  const isUnreadable = element.vr === 'UN' || (element.length > LONGEST_TEXT && !element.items && !isTable);
  if (isRemoved || isUnreadable) {
    note('removed');
    return undefined;
  }
  if (vr === 'SQ' || element.items) {
    if (action === 'empty' || action === 'dummy') {
      note('emptied');
      return '';
    }
    return joinedBytes(
      dataSet.items(element.tag).map((item) => itemBytes(joinedBytes(rewritten(item, run).map(({ bytes }) => bytes)))),
    );
  }
  if (action === 'empty' || ((isDate || vr === 'DA' || vr === 'DT') && action === undefined)) {
    if (element.length > 0) note('emptied');
    return '';
  }
  // The dummy of a UID is another: two that differ still do.
  if (action === 'dummy' && vr !== 'UI') {
    note('replaced');
    return dummyOf(vr ?? 'LO', element.length);
  }
  if (element.length > LONGEST_TEXT) return old;
  if (isNameOfClass(tag)) return joinedUids(old, (uid) => (isUid(uid) ? uid : ''));
  if (isUidOfSomebody(tag, element.vr) || (vr === undefined && uidsIn(old).some((uid) => isKnownUid(uid, run.uids)))) {
    const replaced = joinedUids(old, (uid) => run.uids.get(uid) ?? uid);
    if (replaced !== old) note('replaced');
    return replaced;
  }
  if (tag !== '00080005' && holdsWord(textOf(old), tag, vr, run)) {
    note('emptied, since it held a word of a name or an identifier');
    return '';
  }
  return old;
}

/** The bytes themselves where nothing of them changes. */
function joinedUids(old: Uint8Array, changed: (uid: string) => string): string | Uint8Array {
  const joined = uidsIn(old).map(changed).join('\\');
  return joined === textOf(old) ? old : joined;
}

/** Overlays of old files lie in the bits of a word that the image leaves. */
function withoutSpareBits(dataSet: DicomDataSet, pixels: Uint8Array): Uint8Array {
  const stored = dataSet.unsigned(TAG.bitsStored) ?? 16;
  const high = dataSet.unsigned(TAG.highBit) ?? stored - 1;
  const isNative = dataSet.element(TAG.pixelData)?.encapsulatedPixelData !== true;
  if (!isNative || dataSet.unsigned(TAG.bitsAllocated) !== 16 || stored >= 16 || dataSet.count(/^x60..0102$/) === 0)
    return pixels;
  const mask = (((1 << stored) - 1) << Math.max(0, high + 1 - stored)) & 0xffff;
  return pixels.map((byte, i) => byte & (i % 2 === 0 ? mask & 255 : mask >> 8));
}

function warningsOf(
  dataSet: DicomDataSet,
  { boxes = [], allCovered }: DeidentifyOptions,
  text: FoundText,
): readonly string[] {
  const burnedIn = dataSet.text(TAG.burnedInAnnotation)?.toUpperCase();
  if (text !== undefined && text.length > 0) {
    const still = boxes.length > 0 ? 'text still seems to be' : 'text seems to be';
    const claim = burnedIn === 'NO' && boxes.length === 0 ? ', although the file says that none is' : '';
    return [`${still} burned into the pixels (${placesOf(text)})${claim}: look at the picture before you hand it on`];
  }
  if (boxes.length > 0)
    return allCovered ? [] : ['boxes were set to black, and nobody said that they cover all text: look at the picture'];
  if (burnedIn === 'NO')
    return text !== undefined || allCovered
      ? []
      : [
          'the file says that no text is burned into the pixels, but these could not be searched for any: look at the picture before you hand it on',
        ];
  const search =
    text === undefined ? 'its pixels could not be searched for any' : 'a search found none, which may miss some';
  return [
    burnedIn === 'YES'
      ? `text is burned into the pixels, as the file says; ${search}: look at the picture before you hand it on`
      : `the file does not say whether text is burned into the pixels; ${search}: look at the picture before you hand it on`,
  ];
}

/** What was done, as PS3.3 C.12.1.1.1 and PS3.15 E.1.1 ask for. */
function statements(
  { dates, keepCharacteristics, boxes = [], allCovered = false }: DeidentifyOptions,
  implicit: boolean,
  cover: Covered | undefined,
  text: FoundText,
): readonly Written[] {
  const isClean = boxes.length > 0 && allCovered;
  const codes = [
    ['113100', 'Basic Application Confidentiality Profile'],
    ...(isClean ? [['113101', 'Clean Pixel Data Option']] : []),
    ...(dates === 'moved' ? [['113107', 'Retain Longitudinal Temporal Information Modified Dates Option']] : []),
    ...(keepCharacteristics ? [['113108', 'Retain Patient Characteristics Option']] : []),
  ] as const;
  const of = (tag: string, vr: string, value: string | Uint8Array): Uint8Array =>
    elementBytes(tag, vr, value, implicit);
  const item = ([value = '', meaning = '']: readonly string[]): Uint8Array =>
    itemBytes(joinedBytes([of('00080100', 'SH', value), of('00080102', 'SH', 'DCM'), of('00080104', 'LO', meaning)]));
  const said: readonly Statement[] = [
    ['00120062', 'CS', 'YES'],
    [
      '00120063',
      'LO',
      [
        METHOD,
        text === undefined ? NOT_SEARCHED : SEARCHED,
        ...(boxes.length > 0 ? [`Boxes set to black: ${boxes.length}`] : []),
      ].join('\\'),
    ],
    ['00120064', 'SQ', joinedBytes(codes.map(item))],
    ['00280303', 'CS', dates === 'moved' ? 'MODIFIED' : 'REMOVED'],
    ...(isClean ? ([[BURNED_IN, 'CS', 'NO']] as const) : []),
    ...(cover ? pixelsOf(cover) : []),
  ];
  return said.map(([tag, vr, value]) => ({ tag, bytes: of(tag, vr, value) }));
}

type Statement = readonly [tag: string, vr: string, value: string | Uint8Array];

/** What is decoded lies as words or bytes of its own, and still says what was lost. */
function pixelsOf({ pixelData, decoded, frames }: Covered): readonly Statement[] {
  const held: readonly Statement[] = frames === undefined ? [] : [['00280008', 'IS', String(frames)]];
  if (!decoded) return [...held, [PIXEL_DATA, 'OW', pixelData]];
  const { module, lossy } = decoded;
  const number = (value: number): Uint8Array => Uint8Array.of(value & 255, value >> 8);
  return [
    ...held,
    [PIXEL_DATA, module.bitsAllocated === 8 ? 'OB' : 'OW', pixelData],
    ['00280102', 'US', number(module.bitsStored - 1)],
    ...(lossy ? lossOfPixels(lossy) : []),
  ];
}

function lossOfPixels({ methods, ratios }: LossyCompression): readonly Statement[] {
  return [
    ['00282110', 'CS', '01'],
    ...(ratios.length > 0 ? ([['00282112', 'DS', ratios.join('\\')]] as const) : []),
    ...(methods.length > 0 ? ([['00282114', 'CS', methods.join('\\')]] as const) : []),
  ];
}
