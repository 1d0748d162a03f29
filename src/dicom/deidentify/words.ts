/** Words of names and identifiers in a data set, and the text that holds one. */

import type { DicomDataSet } from '../data-set';
import { isKnownUid, isUid } from './uids';
import { LONGEST_TEXT, textOf } from './values';

/** Names (VR PN), identifiers and places of people and hospitals. */
const IDENTIFYING = new Set([
  '00100010',
  '00100020',
  '00100030',
  '00101000',
  '00101001',
  '00101005',
  '00101040',
  '00101060',
  '00102154',
  '00080050',
  '00080080',
  '00080081',
  '00080090',
  '00081010',
  '00081048',
  '00081050',
  '00081060',
  '00081070',
  '00321032',
  '00380010',
  '00181000',
]);

/** Representations of bits, in which a word would be chance. */
const BITS = new Set('AT FD FL OD OF OL OV OW SL SS SV UL US UV'.split(' '));
/** Representations of numbers and times as text, and what such text consists of; anything else in it is out of place, and is looked at. */
const FIGURES = new Set(['AS', 'DS', 'IS', 'TM']);
const ONLY_FIGURES = /^[\d\s.:+\\eEDWMY-]*$/;
/** A value that may be of a number where nothing says what it is (VR DS). */
const NUMBER = /^\s*(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)?\s*$/;
/** How pixels lie and are shown; in bits where the file does not say how. */
const OF_PIXELS = /^0028/;
// eslint-disable-next-line no-control-regex -- what text does not hold
const NO_TEXT = /[\0-\x08\x0e-\x1a]/;

export interface Words {
  readonly all: ReadonlySet<string>;
  /** Any of them between characters that are no letters or digits; undefined where there is none. */
  readonly pattern: RegExp | undefined;
}

/**
 * Every word of the file's names and identifiers of three characters or more.
 * @param uids what stands where UIDs belong; what is none counts as a word
 */
export function wordsOf(dataSet: DicomDataSet, uids: ReadonlyMap<string, string>): Words {
  const all = new Set<string>();
  const add = (part: string): void => {
    if (part.trim().length >= 3) all.add(part.trim());
  };
  const collect = (set: DicomDataSet): void => {
    for (const element of set.all()) {
      set.items(element.tag).forEach(collect);
      const tag = element.tag.slice(1).toUpperCase();
      if (element.items || element.length > LONGEST_TEXT || (element.vr !== 'PN' && !IDENTIFYING.has(tag))) continue;
      const text = textOf(set.bytes.subarray(element.dataOffset, element.dataOffset + element.length));
      (element.vr === 'PN' || /\^/.test(text) ? text.split(/[\^=\\ ,]+/) : text.split('\\')).forEach(add);
    }
  };
  collect(dataSet);
  [...uids.keys()].filter((uid) => !isUid(uid)).forEach(add);
  if (all.size === 0) return { all, pattern: undefined };
  const escaped = [...all].map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'));
  const pattern = `(?:^|[^A-Za-z0-9\\x80-\\xff])(?:${escaped.join('|')})(?![A-Za-z0-9\\x80-\\xff])`;
  return { all, pattern: new RegExp(pattern, 'i') };
}

/**
 * Whether text holds a word of a name or an identifier, or one of the file's UIDs. Numbers are none of it: a patient 143 is not in a
 * spacing of 0.143.
 * @param vr undefined: the file states none
 */
export function holdsWord(
  text: string,
  tag: string,
  vr: string | undefined,
  { words, uids }: { readonly words: Words; readonly uids: ReadonlyMap<string, string> },
): boolean {
  if (vr !== undefined && BITS.has(vr)) return false;
  if (holdsUid(text, uids)) return true;
  if (vr !== undefined && FIGURES.has(vr) && ONLY_FIGURES.test(text)) return false;
  if (vr === undefined && OF_PIXELS.test(tag) && NO_TEXT.test(text)) return false;
  if (vr === undefined && text.split('\\').every((value) => NUMBER.test(value)))
    // Nothing says that it is a number: an identifier of figures may be the whole of it.
    return !OF_PIXELS.test(tag) && text.split('\\').some((value) => words.all.has(value.trim()));
  return words.pattern?.test(text) === true;
}

/** Also where the UID goes on: who numbers images appends to the UID of the study. */
function holdsUid(text: string, uids: ReadonlyMap<string, string>): boolean {
  for (const [digits] of text.matchAll(/\d+(?:\.\d+){2,}/g))
    for (let uid = digits; uid.includes('.'); uid = uid.slice(0, uid.lastIndexOf('.')))
      if (isKnownUid(uid, uids)) return true;
  return false;
}
