/** UIDs of a data set: which somebody gave out, and what stands in the place of each. */

import type { DicomDataSet } from '../data-set';
import { actionOf, representationOf } from './profile';
import type { Pseudonyms } from './pseudonyms';
import { LONGEST_TEXT, textOf } from './values';

/**
 * UIDs that name a kind of thing and no thing: SOP classes, coding schemes and lists of codes. A vendor's own stay, too: the meta
 * information names the class a second time, and readers go by it.
 */
const CLASSES = new Set([
  '00080016',
  '0008001A',
  '0008001B',
  '00081150',
  '0008010C',
  '0008010D',
  '00080117',
  '00080118',
]);

export function isNameOfClass(tag: string): boolean {
  return CLASSES.has(tag);
}

/** Form of a UID (PS3.5 section 9.1). */
export function isUid(value: string): boolean {
  return /^[0-2](?:\.\d+)+$/.test(value);
}

/** Fewer parts may be a number. */
export function isKnownUid(value: string, uids: ReadonlyMap<string, string>): boolean {
  return /^\d+(?:\.\d+){2,}$/.test(value) && uids.has(value);
}

/** Without a representation what looks like a long UID is one. */
function looksLikeUid(value: string): boolean {
  return /^(?=.{10,64}$)(?:\d+\.){4,}\d+$/.test(value) && isUid(value);
}

/** UIDs that name what the standard defines stay, but where the profile asks for other ones. */
function isOfStandard(value: string): boolean {
  return isUid(value) && value.startsWith('1.2.840.10008.');
}

/** @param stated the representation that the file states; undefined where it states none */
export function isUidOfSomebody(tag: string, stated: string | undefined): boolean {
  if (isNameOfClass(tag)) return false;
  return actionOf(tag, false) === 'uid' || (stated ?? representationOf(tag)) === 'UI';
}

/** As parsers read them: up to the first zero byte, without spaces around. Some writers put either there. */
export function uidsIn(bytes: Uint8Array): readonly string[] {
  return textOf(bytes)
    .split('\\')
    .map((value) => value.replace(/\0[^]*$/, '').trim());
}

/**
 * Every UID that somebody gave out, in all sequences, and what stands in its place. Where a UID belongs whatever is there counts
 * as one: what is none may hold a date or a number of the patient.
 */
export async function replacements(
  dataSet: DicomDataSet,
  pseudonyms: Pseudonyms,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const element of dataSet.all()) {
    for (const item of dataSet.items(element.tag))
      for (const [uid, own] of await replacements(item, pseudonyms)) found.set(uid, own);
    const tag = element.tag.slice(1).toUpperCase();
    const belongs = isUidOfSomebody(tag, element.vr);
    if (element.items || element.length > LONGEST_TEXT || isNameOfClass(tag)) continue;
    if (!belongs && element.vr !== undefined) continue;
    const asked = ['uid', 'dummy'].includes(actionOf(tag, false) ?? '');
    for (const uid of uidsIn(dataSet.bytes.subarray(element.dataOffset, element.dataOffset + element.length)))
      if (uid !== '' && (belongs ? asked || !isOfStandard(uid) : looksLikeUid(uid) && !isOfStandard(uid)))
        found.set(uid, await pseudonyms.uid(uid));
  }
  return found;
}
