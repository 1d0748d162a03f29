/**
 * One line to what is asked of each finding: "moderate left lower zone opacity and small right effusion, no edema". A verb
 * governs what stands between it and the next verb or the sentence's end; without one a finding comes, and a denied one goes.
 */

import * as say from '../messages/en/findings';
import { listed } from '../messages/numbers';
import { canonicalEdit, type TextEdit } from './editText';
import { impliedPlaces, knowledgeOf } from './knowledge';
import { matchSentences, type Span } from './match';
import { parse, type Unrecognised } from './parse';
import { canonicalPlaces, resolvePlaces } from './places';
import { DEFAULT_SEVERITY } from './severity';
import { MAX_SEVERITY, ZONES, type Finding, type Place, type Severity } from './vocabulary';

export type ParsedEdits =
  | {
      readonly understood: true;
      /** Each finding once, in the order of the text; at least one. */
      readonly edits: readonly TextEdit[];
      readonly unrecognised: readonly Unrecognised[];
    }
  | {
      readonly understood: false;
      readonly reason: string;
      readonly advice: string;
      readonly unrecognised: readonly Unrecognised[];
    };

/** One mention of a finding, and what is to become of it. */
interface Wish {
  readonly finding: Finding;
  readonly places: readonly Place[];
  readonly severity: Severity;
  readonly goes: boolean;
  readonly grade: boolean;
}

interface Phrase {
  readonly wishes: readonly Wish[];
  readonly unrecognised: readonly Unrecognised[];
  /** "normal chest". */
  readonly normal: boolean;
  /** A removal of nothing in particular. */
  readonly bare: boolean;
}

const SOFTER = /^(decrease|reduce|improve|lessen|lighten|lower the)$/;
const STRONGER = /^(increase|worsen|raise)$/;

const isFinding = ({ concept }: Span): boolean => concept.kind === 'finding';
const isLung = ({ concept }: Span): boolean => concept.kind === 'lung';
const isLocation = ({ concept }: Span): boolean => ['side', 'level', 'lung', 'join'].includes(concept.kind);

export function parseEdits(text: string): ParsedEdits {
  const phrases = matchSentences(text).flatMap((sentence) => phrasesOf(sentence).map((spans) => readPhrase(text, spans)));
  const unrecognised = phrases.flatMap((phrase) => phrase.unrecognised);
  const wishes = phrases.flatMap((phrase) => phrase.wishes);
  const normal = phrases.some((phrase) => phrase.normal);
  if (normal && wishes.length > 0) return { understood: false, reason: say.normalExcludes(), advice: '', unrecognised };
  if (wishes.length === 0) {
    // "remove the catheter" must not clear the lungs.
    const clears = (normal || phrases.some((phrase) => phrase.bare)) && unrecognised.length === 0;
    return clears ? { understood: true, edits: [clearing([])], unrecognised } : notUnderstood(unrecognised);
  }
  const findings = [...new Set(wishes.map(({ finding }) => finding))];
  const edits = findings.map((finding) => together(finding, wishes.filter((wish) => wish.finding === finding)));
  return { understood: true, edits, unrecognised };
}

/** Cut before each verb that has something of its own to govern. */
function phrasesOf(sentence: readonly Span[]): readonly (readonly Span[])[] {
  const verbs = sentence.flatMap((_, index) => (verbAt(sentence, index) === undefined ? [] : [index]));
  const cuts = verbs.filter((index, order) => {
    const governed = sentence.slice(index + 1, verbs[order + 1]);
    return index > 0 && (governed.some(isFinding) || (verbAt(sentence, index) === 'remove' && governed.some(isLung)));
  });
  return [0, ...cuts].map((from, order) => sentence.slice(from, cuts[order])).flatMap(afterLung);
}

/** "clear the right lung and severe cardiomegaly": the lung is what the verb is about, not where the next finding is. */
function afterLung(phrase: readonly Span[]): readonly (readonly Span[])[] {
  const first = phrase.findIndex(isFinding);
  if (first < 0 || verbAt(phrase, 0) !== 'remove') return [phrase];
  const before = phrase.slice(0, first);
  const lung = before.findIndex(isLung);
  const end = before.findIndex(({ concept, phrase: word }, index) => index > lung && (concept.kind === 'join' || word === 'with'));
  return lung < 0 || end < 0 ? [phrase] : [phrase.slice(0, end), phrase.slice(end + 1)];
}

/** "clear the right lung" and "clear left effusion" ask; "lungs are clear" and "clear lungs, …" state. */
function verbAt(spans: readonly Span[], index: number): 'add' | 'remove' | 'grade' | undefined {
  const span = spans[index];
  if (span?.concept.kind === 'verb') return span.concept.edit;
  const before = spans[index - 1]?.concept.kind;
  if (span?.phrase !== 'clear' || !(before === undefined || before === 'join' || before === 'boundary')) return undefined;
  const next = spans.findIndex((each, at) => at > index && isFinding(each));
  const between = spans.slice(index + 1, next);
  return next < 0 || between.some(({ concept }) => ['lung', 'join', 'boundary', 'verb', 'cue'].includes(concept.kind)) ? undefined : 'remove';
}

function readPhrase(text: string, spans: readonly Span[]): Phrase {
  const [start, end] = [spans[0]?.start ?? 0, spans.at(-1)?.end ?? 0];
  const { statement, evidence, unrecognised } = parse(text.slice(start, end));
  const at = spans.findIndex((_, index) => verbAt(spans, index) !== undefined);
  const verb = verbAt(spans, at);
  const items = statement.items
    .map((item, index) => ({ ...item, stated: evidence[index]?.severityStated === true, at: start + (evidence[index]?.start ?? 0) }))
    // A verb that is spelt like a finding is none.
    .filter((item) => verb === undefined || item.at !== spans[at]?.start);
  const mentions = items.filter(({ finding }) => finding !== 'no_finding');
  // "remove opacity and moderate effusion": what has a degree of its own where the former had none is to come.
  const anew = mentions.findIndex(({ stated }, index) => stated && mentions.slice(0, index).every((each) => !each.stated));
  const wishes = mentions.map(({ finding, places, severity, certainty, stated }, index): Wish => {
    const goes = certainty === 'negated' || (verb === 'remove' && !(anew > 0 && index >= anew));
    return { finding, places, goes, grade: verb === 'grade', severity: verb !== 'grade' || stated ? severity : unstatedGrade(spans[at]) };
  });
  const said = spans.filter(isLocation);
  const clears = verb === 'remove' && items.length === 0 && unrecognised.length === 0;
  const lungs = clears && said.some(({ concept }) => concept.kind !== 'join');
  return {
    wishes: lungs ? [{ ...clearing(resolvePlaces(said, ['upper', 'mid', 'lower'])), goes: true, grade: false }] : wishes,
    unrecognised: unrecognised.map((each) => ({ ...each, start: each.start + start, end: each.end + start })),
    normal: items.some(({ finding, certainty }) => finding === 'no_finding' && certainty !== 'negated'),
    bare: clears && !lungs,
  };
}

function clearing(places: readonly Place[]): TextEdit {
  return { kind: 'remove', finding: 'lung_opacity', places: places.length > 0 ? places : [...ZONES], severity: 0 };
}

/** All that is said of one finding, as one request. */
function together(finding: Finding, wishes: readonly Wish[]): TextEdit {
  const placed = wishes.filter(({ places }) => places.length > 0);
  const places = impliedPlaces(finding, canonicalPlaces(placed.flatMap((wish) => wish.places)));
  const first = wishes.find(({ goes }) => !goes);
  if (first === undefined) return { kind: 'remove', finding, places, severity: 0 };
  // "no opacity but a mild left lower zone opacity": it goes from everywhere else.
  const elsewhere = knowledgeOf(finding).opacityLike && wishes.some(({ goes, places: at }) => goes && at.length === 0) ? ZONES : [];
  const coming = placed.filter(({ goes }) => !goes);
  if (coming.length > 0 && (placed.length > 1 || elsewhere.length > 0)) {
    const severities = Object.fromEntries([
      ...elsewhere.map((zone) => [zone, 0] as const),
      ...placed.flatMap((wish) => wish.places.map((place) => [place, wish.goes ? 0 : wish.severity] as const)),
    ]);
    return canonicalEdit({ kind: 'add', finding, places: canonicalPlaces([...elsewhere, ...places]), severity: first.severity, severities });
  }
  // Said to come without a place, and to go from one: where it shall come is to be chosen.
  return { kind: first.grade ? 'grade' : 'add', finding, places: coming.length > 0 ? places : impliedPlaces(finding, []), severity: first.severity };
}

function unstatedGrade(verb: Span | undefined): Severity {
  if (SOFTER.test(verb?.phrase ?? '')) return 1;
  return STRONGER.test(verb?.phrase ?? '') ? MAX_SEVERITY : DEFAULT_SEVERITY;
}

function notUnderstood(unrecognised: readonly Unrecognised[]): ParsedEdits {
  const words = listed(unrecognised.map(({ text }) => say.quoted({ text })));
  return {
    understood: false,
    reason: words === '' ? say.noneNamed() : say.noneNamedIn({ words }),
    advice: say.nameOne(),
    unrecognised,
  };
}
