/** How what is asked for shall look, in the edit line: looks are taken out of the text, and each goes to the finding that it stands with. */

import { COUNTED } from './certainty';
import { conceptOf } from './lexicon';
import { calledAt, isNumber, joinedWish, keptAmount, wishOf, type Look } from './look';
import { matchSentences } from './match';
import type { Mended, Unrecognised } from './parse';
import type { Finding, Place, Severity } from './vocabulary';
import type { SketchWish } from './wish';
import { findingName } from './words';

/** One mention of a finding, and what is to become of it. */
export interface Wish {
  readonly finding: Finding;
  readonly places: readonly Place[];
  readonly severity: Severity;
  readonly goes: boolean;
  readonly grade: boolean;
  /** The grade was said. */
  readonly stated?: boolean;
  /** Offsets of the finding's name in the text. */
  readonly start: number;
  readonly end: number;
  /** How it shall look; joined from the words round it. */
  readonly sketch?: SketchWish | undefined;
}

/** What comes next is another finding's. */
const OPENED = /(?:[,;&+]|\b(?:and|plus))\s*(?:an?\s+)?$/i;
/** A word that means nothing, and keeps two findings from sharing a place. */
const OWN = 'one';

/** The text with spaces where it says how something looks; what also says where, or is part of a finding's name, stays. */
export function withoutLooks(text: string, looks: readonly Look[]): string {
  if (looks.length === 0) return text;
  const named = matchSentences(text).flatMap((sentence) =>
    sentence.filter(({ concept }) => concept.kind === 'finding'),
  );
  return looks.reduce((left, look) => {
    const stays =
      (look.kind === 'words' && conceptOf(look.phrase)?.kind === 'level') ||
      named.some(({ start, end }) => start <= look.start && look.end <= end);
    if (stays) return left;
    // "emphysema, 4 cm mass in the right lower lobe": what has a size of its own has a place of its own.
    const length = look.end - look.start;
    const own = look.kind === 'amount' || isNumber(look) ? COUNTED : OWN.slice(0, length);
    const filler = (OPENED.test(left.slice(0, look.start)) ? own : '').padEnd(length);
    return left.slice(0, look.start) + filler + left.slice(look.end);
  }, text);
}

/** Between two findings this opens what belongs to the second. */
const OPENS = /[,;.]|\b(?:and|with|plus|but)\b/g;

/** Each look goes to the finding it stands with; those that say nothing of any finding are left. */
export function withLooks(
  text: string,
  plain: string,
  wishes: readonly Wish[],
  looks: readonly Look[],
): { readonly wishes: readonly Wish[]; readonly left: readonly Look[]; readonly mended: readonly Mended[] } {
  const taken = new Map<number, readonly Look[]>();
  const left: Look[] = [];
  for (const look of looks) {
    const beside = near(plain, wishes, look);
    // "A nodule and two effusions": a number is of what it stands before.
    const own = (isNumber(look) ? beside.slice(0, 1) : beside).find(
      ({ finding }) => wishOf(finding, look) !== undefined,
    );
    // "Two in the right lung and three in the left": a finding has one number.
    const hasNumber = isNumber(look) && own !== undefined && (taken.get(own.start) ?? []).some(isNumber);
    if (own === undefined || hasNumber) left.push(look);
    else taken.set(own.start, [...(taken.get(own.start) ?? []), look]);
  }
  const mended: Mended[] = [];
  const readAs = (start: number, end: number, read: string): void => {
    mended.push({ text: text.slice(start, end), start, end, read });
  };
  const given = wishes.map((wish) => {
    const own = taken.get(wish.start) ?? [];
    const finding = own.reduce((each, look) => calledAt(each, look), wish.finding);
    if (finding !== wish.finding) readAs(wish.start, wish.end, findingName(finding));
    for (const look of own) {
      const kept = keptAmount(finding, look);
      if (kept !== undefined) readAs(look.start, look.end, kept);
    }
    const mine = own.flatMap((look) => wishOf(finding, look) ?? []);
    return mine.length === 0 ? wish : { ...wish, finding, sketch: joinedWish(finding, mine) };
  });
  return { wishes: given, left, mended };
}

/** The findings beside a look, the likelier first. */
function near(plain: string, wishes: readonly Wish[], look: Look): readonly Wish[] {
  const inside = wishes.find(({ start, end }) => start <= look.start && look.end <= end);
  if (inside !== undefined) return [inside];
  const before = wishes.filter(({ end }) => end <= look.start).at(-1);
  const after = wishes.find(({ start }) => start >= look.end);
  if (before === undefined || after === undefined) return [before, after].filter((wish) => wish !== undefined);
  const opens = [...plain.slice(before.end, after.start).matchAll(OPENS)].at(-1)?.index;
  return opens === undefined || look.start >= before.end + opens ? [after, before] : [before, after];
}

/** A look that no finding took, where its words mean nothing else here. */
export function remarkOn(text: string, look: Look): readonly Unrecognised[] {
  const { start, end } = look;
  const concept = look.kind === 'words' && !isNumber(look) ? conceptOf(look.phrase) : undefined;
  if (concept !== undefined && !(concept.kind === 'other' && concept.abnormal)) return [];
  return [
    { text: text.slice(start, end), start, end, reason: concept === undefined ? 'unknown-word' : 'outside-vocabulary' },
  ];
}
