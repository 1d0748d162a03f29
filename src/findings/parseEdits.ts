/**
 * One line to what is asked of each finding: "moderate left lower zone opacity and small right effusion, no edema". A verb
 * governs what stands between it and the next verb or the sentence's end; without one a finding comes, and a denied one goes.
 */

import * as say from '../messages/en/findings';
import { listed } from '../messages/numbers';
import { editsOfSeen } from './aboutSeen';
import { withAskedWords } from './askedWords';
import { changeOf, type FindingChange } from './change';
import { canonicalEdit } from './editText';
import { impliedPlaces, knowledgeOf } from './knowledge';
import { remarkOnLanguage } from './language';
import { fromPresent, ownUntil, unstatedGrade } from './editGrades';
import { direction, withIdioms } from './editIdioms';
import { DIAGNOSES, withAskedNames, withNamesOfLooks } from './editNames';
import { meansAll, oneOfAll, withTurns } from './editTurns';
import type { EditVerb } from './lexicon';
import { remarkOn, withLooks, withoutLooks, type Wish } from './editLooks';
import { joinedWish, looksIn, severityAtAmount } from './look';
import { matchSentences, type Span } from './match';
import { findingName } from './words';
import { mendedIn, parseSentences, type Mended, type Unrecognised } from './parse';
import { canonicalPlaces, resolvePlaces, sparedBy } from './places';
import { roundSeverity } from './severity';
import type { Statement } from './statement';
import { ZONES, type Finding, type Place, type Severity } from './vocabulary';

export type ParsedEdits =
  | {
      readonly understood: true;
      /** Each finding once, in the order of the text; at least one. */
      readonly edits: readonly FindingChange[];
      readonly unrecognised: readonly Unrecognised[];
      /** Words that were read as others, for the user to see. */
      readonly mended: readonly Mended[];
      /** Words that named none of these: they were said of what the picture shows at present. */
      readonly ofSeen?: readonly Finding[];
    }
  | {
      readonly understood: false;
      readonly reason: string;
      readonly advice: string;
      /** A request that may be meant, in words that are understood. */
      readonly instead?: string;
      readonly unrecognised: readonly Unrecognised[];
    };

interface Phrase {
  readonly wishes: readonly Wish[];
  readonly unrecognised: readonly Unrecognised[];
  /** "normal chest". */
  readonly normal: boolean;
  /** A removal of nothing in particular. */
  readonly bare: boolean;
  /** A removal of all: "remove everything". */
  readonly all?: boolean;
}

const isFinding = ({ concept }: Span): boolean => concept.kind === 'finding';
const isLung = ({ concept }: Span): boolean => concept.kind === 'lung';
const isLocation = ({ concept }: Span): boolean => ['side', 'level', 'lung', 'join', 'spared'].includes(concept.kind);

/** @param seen what the picture shows at present: "make it worse" is about that */
export function parseEdits(text: string, seen?: Statement): ParsedEdits {
  const foreign = remarkOnLanguage(text);
  if (foreign !== undefined) return { understood: false, reason: foreign, advice: say.nameOne(), unrecognised: [] };
  const shared = withAskedWords(text);
  const looks = looksIn(shared);
  // How something looks is read apart: what is left is read as a report's sentence would be.
  const plain = withFluid(withoutLooks(shared, looks));
  const sentences = withNamesOfLooks(matchSentences(plain).map(withBullae).map(withAskedNames), looks);
  const oneStays = sentences.map(oneOfAll).find((span) => span?.concept.kind === 'finding')?.concept;
  if (oneStays?.kind === 'finding')
    return {
      understood: false,
      reason: say.oneOfAll({ finding: findingName(oneStays.finding) }),
      advice: say.nameEach(),
      unrecognised: [],
    };
  const slips = sentences.flatMap((sentence) => mendedIn(sentence, text));
  const ofSeen = seen === undefined ? undefined : editsOfSeen(sentences, seen);
  if (ofSeen !== undefined && ofSeen.length > 0)
    return {
      understood: true,
      edits: ofSeen,
      mended: slips,
      ofSeen: ofSeen.map(({ finding }) => finding),
      unrecognised: sentences.flatMap((sentence) => parseSentences([sentence], plain).unrecognised),
    };
  const phrases = sentences
    .map(withTurns)
    .map(withIdioms)
    .flatMap((sentence) => phrasesOf(sentence).map((spans) => readPhrase(plain, spans)));
  const named = phrases.flatMap((phrase) => phrase.wishes);
  // "Remove everything and add an effusion".
  const all = named.length > 0 && phrases.some((phrase) => phrase.all) ? [allGone()] : [];
  const looking = withLooks(text, plain, [...all, ...named], looks);
  const { wishes } = looking;
  const mended = [...slips, ...looking.mended].sort((one, other) => one.start - other.start);
  const unrecognised = [
    ...phrases
      .flatMap((phrase) => phrase.unrecognised)
      .map((each) => ({ ...each, text: text.slice(each.start, each.end) })),
    ...looking.left.flatMap((look) => remarkOn(text, look)),
  ].sort((one, other) => one.start - other.start);
  const normal = phrases.some((phrase) => phrase.normal);
  if (normal && wishes.length > 0) return { understood: false, reason: say.normalExcludes(), advice: '', unrecognised };
  if (wishes.length === 0) {
    // "remove the catheter" must not clear the lungs.
    const clears = (normal || phrases.some((phrase) => phrase.bare)) && unrecognised.length === 0;
    return clears
      ? { understood: true, edits: [clearing([])], unrecognised, mended }
      : notUnderstood(text, unrecognised);
  }
  const findings = [...new Set(wishes.map(({ finding }) => finding))];
  const torn = findings.find((finding) => isContradicted(wishes.filter((wish) => wish.finding === finding)));
  if (torn !== undefined)
    return {
      understood: false,
      reason: say.contradicts({ finding: findingName(torn) }),
      advice: say.sayOne(),
      unrecognised,
    };
  const edits = findings.map((finding) =>
    together(
      finding,
      wishes.filter((wish) => wish.finding === finding),
    ),
  );
  return { understood: true, edits, unrecognised, mended };
}

/** "Less fluid on the right": of the pleura, where nothing else is named. */
function withFluid(text: string): string {
  const named = matchSentences(text).some((sentence) => sentence.some(isFinding));
  return named || OTHER_FLUID.test(text) ? text : text.replaceAll(/\bfluid\b/gi, 'eff  ');
}
/** Bullae are asked for as the emphysema that shows them, where that is not named itself. */
function withBullae(sentence: readonly Span[]): readonly Span[] {
  const isBulla = ({ phrase, concept }: Span): boolean => concept.kind === 'other' && BULLAE.test(phrase);
  if (
    !sentence.some(isBulla) ||
    sentence.some(({ concept }) => concept.kind === 'finding' && concept.finding === 'emphysema')
  )
    return sentence;
  const first = sentence.findIndex(isBulla);
  return sentence.map((span, at): Span =>
    at === first
      ? { ...span, concept: { kind: 'finding', finding: 'emphysema' } }
      : isBulla(span)
        ? { ...span, concept: { kind: 'neutral' } }
        : span,
  );
}
const BULLAE = /^(bullae?|bullous disease|bullous change|blebs?)$/;

/** Too much of it in the body, or in another place. */
const OTHER_FLUID =
  /\b(overload(ed)?|pericardi\w+|abdom\w+|stomach|gastric|bowel|peritone\w+|bell(y|ies)|colon|ascit\w+|joint|spin(e|al)|sinus\w*|spleen|liver)\b/i;

/** The same place, or no place, is to have the finding and not to have it, or to have it in two grades. */
function isContradicted(wishes: readonly Wish[]): boolean {
  const where = ({ finding, places }: Wish): string => canonicalPlaces(impliedPlaces(finding, places)).join();
  return wishes.some((one, index) =>
    wishes
      .slice(index + 1)
      .some(
        (other) =>
          where(one) === where(other) &&
          (one.goes !== other.goes ||
            (!one.goes && one.stated === true && other.stated === true && one.severity !== other.severity)),
      ),
  );
}

/** Cut before each verb that has something of its own to govern. */
function phrasesOf(sentence: readonly Span[]): readonly (readonly Span[])[] {
  const verbs = sentence.flatMap((_, index) => (verbAt(sentence, index) === undefined ? [] : [index]));
  const cuts = verbs.filter((index, order) => {
    const governed = sentence.slice(index + 1, verbs[order + 1]);
    return (
      index > 0 &&
      (verbAt(sentence, index) === 'keep' ||
        governed.some(isFinding) ||
        (verbAt(sentence, index) === 'remove' && governed.some(isLung)))
    );
  });
  return [0, ...cuts].map((from, order) => sentence.slice(from, cuts[order])).flatMap(afterLung);
}

/** "clear the right lung and severe cardiomegaly": the lung is what the verb is about, not where the next finding is. */
function afterLung(phrase: readonly Span[]): readonly (readonly Span[])[] {
  const first = phrase.findIndex(isFinding);
  if (first < 0 || verbAt(phrase, 0) !== 'remove') return [phrase];
  const before = phrase.slice(0, first);
  const lung = before.findIndex(isLung);
  const end = before.findIndex(
    ({ concept, phrase: word }, index) => index > lung && (concept.kind === 'join' || word === 'with'),
  );
  return lung < 0 || end < 0 ? [phrase] : [phrase.slice(0, end), phrase.slice(end + 1)];
}

/** "clear the right lung" and "clear left effusion" ask; "lungs are clear" and "clear lungs, …" state. */
function verbAt(spans: readonly Span[], index: number): EditVerb | undefined {
  const span = spans[index];
  if (span?.concept.kind === 'verb') return span.concept.edit;
  const before = spans[index - 1]?.concept.kind;
  if (span?.phrase !== 'clear' || !(before === undefined || before === 'join' || before === 'boundary'))
    return undefined;
  const next = spans.findIndex((each, at) => at > index && isFinding(each));
  const between = spans.slice(index + 1, next);
  return next < 0 || between.some(({ concept }) => ['lung', 'join', 'boundary', 'verb', 'cue'].includes(concept.kind))
    ? undefined
    : 'remove';
}

function readPhrase(text: string, spans: readonly Span[]): Phrase {
  const start = spans[0]?.start ?? 0;
  const { statement, evidence, unrecognised } = parseSentences([spans], text, true);
  const at = spans.findIndex((_, index) => verbAt(spans, index) !== undefined);
  const verb = verbAt(spans, at);
  if (verb === 'keep') return { wishes: [], unrecognised, normal: false, bare: false };
  if (verb === 'move') return { wishes: moved(spans, at, text), unrecognised, normal: false, bare: false };
  const items = statement.items
    .map((item, index) => ({
      ...item,
      stated: evidence[index]?.severityStated === true,
      at: evidence[index]?.start ?? 0,
      until: evidence[index]?.end ?? 0,
    }))
    // A verb that is spelt like a finding is none.
    .filter((item) => verb === undefined || item.at !== spans[at]?.start);
  const mentions = items.filter(({ finding }) => finding !== 'no_finding');
  // "remove opacity and moderate effusion": what has a degree of its own where the former had none is to come.
  const anew = mentions.findIndex(
    ({ stated }, index) => stated && mentions.slice(0, index).every((each) => !each.stated),
  );
  const grade = verb === 'grade' || (verb === undefined && direction(spans) !== undefined);
  const wishes = mentions.map(({ finding, places, severity, certainty, stated, at: from, until }, index): Wish => {
    const goes = certainty === 'negated' || (verb === 'remove' && !(anew > 0 && index >= anew));
    return {
      finding,
      places: isBothSides(text, { finding, places, goes, grade, from, until }) ? BASES : places,
      goes,
      grade,
      stated,
      start: from,
      end: until,
      severity: !grade
        ? severity
        : stated
          ? fromPresent(severity, spans, [mentions[index - 1]?.until ?? 0, until, ownUntil(spans, mentions[index + 1])])
          : unstatedGrade(spans),
    };
  });
  const left = mentions.length === 0 || verb === 'remove' ? [] : leftFor(spans, mentions[0]);
  const said = spans.filter(isLocation);
  const clears =
    (verb === 'remove' || spans.some(({ concept }) => concept.kind === 'normal')) &&
    items.length === 0 &&
    unrecognised.length === 0;
  const lungs = clears && said.some(({ concept }) => concept.kind !== 'join');
  return {
    wishes: lungs
      ? [{ ...clearing(resolvePlaces(said, ['upper', 'mid', 'lower'])), goes: true, grade: false, start, end: start }]
      : [...wishes, ...left],
    unrecognised,
    normal: items.some(({ finding, certainty }) => finding === 'no_finding' && certainty !== 'negated'),
    bare: clears && !lungs,
    all: clears && !lungs && spans.some(meansAll),
  };
}

const BASES: readonly Place[] = ['right_lower', 'left_lower'];

/** "Effusions", where no side is named, are on both. */
function isBothSides(
  text: string,
  mention: Pick<Wish, 'finding' | 'places' | 'goes' | 'grade'> & { readonly from: number; readonly until: number },
): boolean {
  const { finding, places, goes, grade, from, until } = mention;
  return (
    finding === 'effusion' && places.length === 0 && !goes && !grade && /effusions\b/i.test(text.slice(from, until))
  );
}

/** "In the left base rather than the right": from there it goes. */
function leftFor(
  spans: readonly Span[],
  mention: { readonly finding: Finding; readonly at: number; readonly until: number } | undefined,
): readonly Wish[] {
  if (mention === undefined) return [];
  const places = spans.flatMap((span) =>
    span.concept.kind === 'spared' && span.concept.instead ? sparedBy(span, spans) : [],
  );
  const { finding, at: start, until: end } = mention;
  return places.length === 0 ? [] : [{ finding, places, severity: 0, goes: true, grade: false, start, end }];
}

function clearing(places: readonly Place[]): FindingChange {
  return { kind: 'remove', finding: 'lung_opacity', places: places.length > 0 ? places : [...ZONES], severity: 0 };
}

const allGone = (): Wish => ({ ...clearing([]), goes: true, grade: false, start: -1, end: -1 });

/** All that is said of one finding, as one request. */
function together(finding: Finding, wishes: readonly Wish[]): FindingChange {
  const placed = wishes.filter(({ places }) => places.length > 0);
  const places = impliedPlaces(finding, canonicalPlaces(placed.flatMap((wish) => wish.places)));
  const first = wishes.find(({ goes }) => !goes);
  if (first === undefined) return { kind: 'remove', finding, places, severity: 0 };
  // "no opacity but a mild left lower zone opacity": it goes from everywhere else.
  const elsewhere =
    knowledgeOf(finding).opacityLike && wishes.some(({ goes, places: at }) => goes && at.length === 0) ? ZONES : [];
  const coming = placed.filter(({ goes }) => !goes);
  const sketch = joinedWish(
    finding,
    wishes.flatMap((wish) => (wish.goes || wish.sketch === undefined ? [] : [wish.sketch])),
  );
  const look = sketch === undefined ? {} : { sketch };
  if (coming.length > 0 && (placed.length > 1 || elsewhere.length > 0)) {
    const severities = Object.fromEntries([
      ...elsewhere.map((zone) => [zone, 0] as const),
      ...placed.flatMap((wish) => wish.places.map((place) => [place, wish.goes ? 0 : gradeOf(wish)] as const)),
    ]);
    return canonicalEdit({
      kind: 'add',
      finding,
      places: canonicalPlaces([...elsewhere, ...places]),
      severity: gradeOf(first),
      severities,
      ...look,
    });
  }
  // Said to come without a place, and to go from one: where it shall come is to be chosen.
  const severity =
    sketch?.amount === undefined
      ? first.severity
      : roundSeverity(severityAtAmount(finding, sketch.amount) ?? first.severity);
  return changeOf({
    kind: first.grade ? 'grade' : 'add',
    finding,
    places: coming.length > 0 ? places : impliedPlaces(finding, []),
    severity,
    sketch,
  });
}

/** "2 cm" tells the grade, too: of several places each has its own. */
const gradeOf = ({ finding, severity, sketch }: Wish): Severity =>
  sketch?.amount === undefined ? severity : roundSeverity(severityAtAmount(finding, sketch.amount) ?? severity);

const TO = /^(to|into|across|over)$/;

/** "Move the opacity from the right base to the left": it goes from where it was, or wherever it may be, and comes in the other place. */
function moved(spans: readonly Span[], verb: number, text: string): readonly Wish[] {
  const to = spans.findIndex(({ phrase }, index) => index > verb && TO.test(phrase));
  const target = to < 0 ? [] : spans.slice(to);
  const { statement, evidence } = parseSentences([to < 0 ? spans : spans.slice(0, to)], text);
  return statement.items.flatMap(({ finding, places, severity }, index): readonly Wish[] => {
    const { usualLevels, places: possible } = knowledgeOf(finding);
    const levels = (['upper', 'mid', 'lower'] as const).filter((level) =>
      places.some((place) => place.endsWith(level)),
    );
    const coming = resolvePlaces(target, levels.length > 0 ? levels : usualLevels);
    if (coming.length === 0) return [];
    const from = (places.length > 0 ? places : possible).filter((place) => !coming.includes(place));
    const common = { finding, grade: false, start: evidence[index]?.start ?? 0, end: evidence[index]?.end ?? 0 };
    return [
      { ...common, places: from, severity: 0, goes: true },
      { ...common, places: coming, severity, goes: false },
    ];
  });
}

function notUnderstood(text: string, unrecognised: readonly Unrecognised[]): ParsedEdits {
  const diagnosis = DIAGNOSES.find(({ words }) => words.test(text));
  if (diagnosis !== undefined)
    return {
      understood: false,
      reason: say.isDiagnosis({ words: diagnosis.words.exec(text)?.[0] ?? '' }),
      advice: say.askForSigns({ request: diagnosis.looksLike }),
      instead: diagnosis.looksLike,
      unrecognised,
    };
  const words = listed(unrecognised.map(({ text }) => say.quoted({ text })));
  return {
    understood: false,
    reason: words === '' ? say.noneNamed() : say.noneNamedIn({ words }),
    advice: say.nameOne(),
    unrecognised,
  };
}
