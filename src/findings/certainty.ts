/** Negation and uncertainty: which findings of a clause a cue reaches. Follows the idea of NegEx (Chapman 2001), with scope instead of a window. */

import type { AttributedClause } from './attribute';
import type { Span } from './match';
import type { Certainty } from './statement';

/** What the words make of a mention; `unsaid`: asked or remembered, neither there nor denied. */
export type Said = Certainty | 'unsaid';
type Cued = Exclude<Said, 'certain'>;
/**
 * How a possible finding is doubted. `likely`: told as what it probably is ("probable", "favored to represent", a borderline heart).
 * `either`: one of several that are told side by side ("atelectasis or scarring"). `open`: no more than thought of ("may represent",
 * "cannot be excluded", a sign that is no proof).
 */
export type Doubt = 'likely' | 'either' | 'open';
const OPENNESS: Readonly<Record<Doubt, number>> = { likely: 0, either: 1, open: 2 };
const LIKELY =
  /\b(probabl[ey]|likely|presum(ed|ably)|favor(ed|ing)?|(felt|thought|believed|considered) to|most suggestive)\b/;
const UNLIKELY = /\b(not|less|doubt|may|might|could|would|can)\b/;

/** What is said of one mention. */
export interface Judged {
  readonly said: Said;
  /** Of a possible one alone. */
  readonly doubt?: Doubt;
}

const doubtOf = (phrase: string): Doubt => (LIKELY.test(phrase) && !UNLIKELY.test(phrase) ? 'likely' : 'open');
const OUTWEIGHS: Readonly<Record<Said, number>> = { certain: 0, possible: 1, negated: 2, unsaid: 3 };

/** Certainty of each mention of the clause, in order. */
export function certainties(clause: AttributedClause): readonly Judged[] {
  const { spans, mentions } = clause;
  const positions = mentions.map((mention) => mention.at);
  const result: Said[] = mentions.map(() => 'certain');
  const doubts = new Map<number, Doubt>();
  const doubted = (order: number, doubt: Doubt): void => {
    // Of two doubts the greater.
    const known = doubts.get(order);
    if (known === undefined || OPENNESS[doubt] > OPENNESS[known]) doubts.set(order, doubt);
  };
  const mark = (order: number, said: Cued, phrase: string): void => {
    if (said === 'possible') doubted(order, doubtOf(phrase));
    // A denial outweighs a doubt.
    if (OUTWEIGHS[said] > OUTWEIGHS[result[order] ?? 'certain']) result[order] = said;
  };
  spans.forEach((span, index) => {
    const { concept } = span;
    if (concept.kind !== 'cue' || isOfAnother(spans, index)) return;
    const following = reach(spans, index, concept.certainty);
    const reached = positions.flatMap((at, order) => (at > index && at < following ? [order] : []));
    const elliptical = isElliptical(spans, index);
    const back =
      concept.applies === 'after' ||
      (concept.applies === 'either' && reached.length === 0) ||
      (concept.applies === 'near' && standsBehind(spans, positions, index)) ||
      elliptical;
    const behind = back ? coordinatedBefore(spans, positions, index).slice(0, elliptical ? 1 : undefined) : [];
    // "Absent: effusion": what is said after a finding, but stands before all of them.
    const onward = !back || (behind.length === 0 && positions.every((at) => at > index));
    const marked = onward ? reached : behind;
    // "No effusion, heart size normal": the denial is of what it names first.
    // Nor is "lungs clear, pneumothorax resolved" of the lungs.
    const own = (order: number): boolean => order === marked[0] || !isNormal(spans[positions[order] ?? -1]);
    for (const order of marked.filter(own)) mark(order, concept.certainty, span.phrase);
  });
  for (const order of alternatives(spans, positions)) {
    if (result[order] === 'certain') result[order] = 'possible';
    if (result[order] === 'possible') doubted(order, 'either');
  }
  return mentions.map((mention, order): Judged => {
    const concept = spans[mention.at]?.concept;
    const own = concept?.kind === 'finding' ? (concept.certainty ?? 'certain') : 'certain';
    const cued = result[order] ?? 'certain';
    if (cued === 'unsaid') return { said: cued };
    const inverted = concept?.kind === 'finding' && concept.inverted === true;
    if (inverted || own === 'negated')
      return { said: cued === 'negated' ? 'certain' : cued === 'possible' && inverted ? 'possible' : 'negated' };
    const said = cued === 'certain' ? own : cued;
    if (said !== 'possible') return { said };
    return { said, doubt: doubts.get(order) ?? ownDoubt(spans[mention.at]) };
  });
}

/** A normal heart, or clear lungs: denied by its own words. */
const isNormal = (span: Span | undefined): boolean =>
  span?.concept.kind === 'finding' && span.concept.certainty === 'negated';

/** Possible by its own words: a borderline heart is large enough to be told, a blunted angle is no more than a sign. */
const ownDoubt = (span: Span | undefined): Doubt =>
  span?.concept.kind === 'finding' && span.concept.finding === 'cardiomegaly' ? 'likely' : 'open';

/** A doubt of something else: "probably within the upper lobe" of its place, "possibly from surgery" of its cause, "mass, possibly lymphadenopathy" of what it is. */
function isOfAnother(spans: readonly Span[], index: number): boolean {
  const span = spans[index];
  // "No the heart is normal": a word that was left behind.
  if (span?.phrase === 'no' && spans[index + 1]?.phrase === 'the') return true;
  if (span?.concept.kind !== 'cue' || span.concept.applies !== 'either' || span.concept.certainty !== 'possible')
    return false;
  const rest = spans.slice(index + 1);
  if (PLACED.test(rest[0]?.phrase ?? '') && isOfPlace(rest, span.start)) return true;
  if (CAUSED.test(rest[0]?.phrase ?? '') && !rest.some(({ concept }) => concept.kind === 'finding')) return true;
  const next = rest.find(
    ({ concept }) => !['neutral', 'unknown', 'severity', 'side', 'level', 'state'].includes(concept.kind),
  );
  if (next?.concept.kind !== 'other' || !next.concept.abnormal) return false;
  // "Possible volume loss and atelectasis": both are doubted.
  return spans.slice(index + 1, reach(spans, index, 'possible')).every(({ concept }) => concept.kind !== 'finding');
}

/** "Probably within the lingula", not "likely in keeping with edema", "possible in right base effusion". */
function isOfPlace(rest: readonly Span[], from: number): boolean {
  const end = rest.findIndex(({ concept }) => concept.kind === 'join');
  const own = end < 0 ? rest : rest.slice(0, end);
  return (
    own.some(({ concept }) => ['side', 'level', 'lung', 'mediastinum', 'other'].includes(concept.kind)) &&
    // One that was named before is repeated for its place.
    own.every(({ concept, start }) => concept.kind !== 'finding' || start < from)
  );
}

const CAUSED = /^(related|due|secondary|from|because of|caused by)$/;
const PLACED = /^(in|within|at|involving|along|near)$/;

/** "The effusion persists, the edema does not": a denial with nothing behind it. */
function isElliptical(spans: readonly Span[], index: number): boolean {
  const span = spans[index];
  if (span === undefined || !/(^| )not$/.test(span.phrase)) return false;
  const next = spans[index + 1]?.concept;
  return next === undefined || (next.kind === 'join' && next.word === 'comma');
}

/** "Pneumothorax has resolved", not "edema, resolved effusion". */
function standsBehind(spans: readonly Span[], positions: readonly number[], index: number): boolean {
  const before = positions.findLast((at) => at < index);
  return (
    before !== undefined &&
    spans.slice(before + 1, index).every(({ concept, phrase }) => concept.kind !== 'join' && phrase !== 'with')
  );
}

/** What opens a list, whatever joins it: "differential includes edema, infection". */
const LISTS = /differential|consideration|\binclud/;
const MARKS = /^sequela/;

/** First index that a cue at `index` no longer reaches. */
function reach(spans: readonly Span[], index: number, certainty: Cued): number {
  const { phrase = '' } = spans[index] ?? {};
  const lists = LISTS.test(phrase);
  let named = false;
  for (let at = index + 1; at < spans.length; at += 1) {
    const { concept } = spans[at] ?? {};
    if (concept === undefined) break;
    // "Sequela of granulomatous disease": of that alone.
    if (MARKS.test(phrase) && !named && concept.kind === 'other') return at;
    if (concept.kind === 'finding') named = true;
    if (concept.kind === 'cue' && concept.certainty !== certainty && concept.applies !== 'after') return at;
    if (concept.kind === 'join') {
      if (named && certainty !== 'possible' && concept.word !== 'or' && standsByItself(spans, at)) return at;
      if (!listGoesOn(spans, at)) {
        if (concept.word === 'comma' && !lists && startsAnew(spans, at, certainty)) return at;
        if (concept.word !== 'or' && certainty !== 'possible' && hasDegree(spans, at)) return at;
      }
    }
    if (concept.kind === 'preposition' && spans[at]?.phrase === 'with' && certainty === 'negated') return at;
  }
  return spans.length;
}

/** "No effusion, stable cardiomegaly", "no effusion, cardiomegaly unchanged", "no effusion, heart size normal": whatever list goes on. */
function standsByItself(spans: readonly Span[], join: number): boolean {
  const rest = spans.slice(join + 1);
  const finding = rest.findIndex(({ concept }) => concept.kind === 'finding');
  const concept = rest[finding]?.concept;
  if (concept?.kind !== 'finding') return false;
  const before = rest.slice(0, finding);
  if (before.some((span) => span.concept.kind === 'join')) return false;
  const behind = rest.slice(finding + 1);
  const end = behind.findIndex(
    (span) => span.concept.kind === 'join' || span.concept.kind === 'finding' || span.concept.kind === 'preposition',
  );
  const still = [...before, ...(end < 0 ? behind : behind.slice(0, end))].some(
    (span) => span.concept.kind === 'state' && span.concept.still,
  );
  return still || concept.certainty !== undefined;
}

/** "no effusion, pneumothorax, or consolidation", "no effusion, nodule/mass": a denied list closes with or. */
function listGoesOn(spans: readonly Span[], from: number): boolean {
  return spans
    .slice(from + 1)
    .some((span) => span.concept.kind === 'join' && (span.concept.word === 'or' || span.concept.word === 'versus'));
}

/** "no pneumothorax, mild left effusion": a side of its own after the comma starts a new thought. */
function startsAnew(spans: readonly Span[], comma: number, certainty: Cued): boolean {
  if (certainty === 'possible') return true;
  const rest = spans.slice(comma + 1);
  const finding = rest.findIndex((span) => span.concept.kind === 'finding');
  return (
    finding > 0 &&
    rest
      .slice(0, finding)
      .some(
        (span) =>
          span.concept.kind === 'side' ||
          span.concept.kind === 'state' ||
          (span.concept.kind === 'level' && span.concept.sides !== undefined),
      )
  );
}

/** Stands in the edit line for a number or a size, of whatever length. */
export const COUNTED = 'x';
const COUNTS: ReadonlySet<string> = new Set([COUNTED, 'one']);

/** "no edema and severe cardiomegaly": what has a degree, a number or a size is there. */
function hasDegree(spans: readonly Span[], join: number): boolean {
  const rest = spans.slice(join + 1);
  const finding = rest.findIndex((span) => span.concept.kind === 'finding');
  return rest
    .slice(0, Math.max(0, finding))
    .some(({ concept, phrase }) => ['severity', 'severityNumber'].includes(concept.kind) || COUNTS.has(phrase));
}

/** Mentions before a trailing cue ("effusion and pneumothorax are not seen"), back to an earlier cue. */
function coordinatedBefore(spans: readonly Span[], positions: readonly number[], index: number): readonly number[] {
  const reached: number[] = [];
  for (let order = positions.length - 1; order >= 0; order -= 1) {
    const at = positions[order] ?? 0;
    if (at > index) continue;
    const next = reached.at(-1) === undefined ? index : (positions[order + 1] ?? index);
    const between = spans.slice(at + 1, next);
    if (reached.length > 0 && !between.some((span) => span.concept.kind === 'join')) break;
    if (reached.length > 0 && between.some((span) => span.concept.kind === 'cue')) break;
    reached.push(order);
  }
  return reached;
}

/** "atelectasis versus infiltrate", "edema, scarring, or atelectasis": either may be the truth. Orders of the mentions. */
function alternatives(spans: readonly Span[], positions: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  let listed = false;
  for (let order = positions.length - 2; order >= 0; order -= 1) {
    const between = spans.slice((positions[order] ?? 0) + 1, positions[order + 1]);
    const joins = between.flatMap(({ concept }) => (concept.kind === 'join' ? [concept.word] : []));
    const commas = joins.length > 0 && joins.every((word) => word === 'comma');
    const either = joins.some((word) => word === 'or' || word === 'versus') && !isApart(between);
    if (either || (listed && commas && !isApart(between))) for (const each of [order, order + 1]) found.add(each);
    // A comma before the "or" makes one list of all that stands before it.
    listed = either ? joins.includes('comma') : listed && commas;
  }
  return isChange(spans, positions[0] ?? 0) ? new Set() : found;
}

/** "Cardiomegaly with no failure or edema": what stands between is of another thought. */
const isApart = (between: readonly Span[]): boolean =>
  between.some(
    ({ concept }) =>
      (concept.kind === 'cue' && concept.certainty === 'negated') || (concept.kind === 'other' && concept.abnormal),
  );

/** "No change in pneumothorax or effusion": both are there. */
function isChange(spans: readonly Span[], first: number): boolean {
  const before = spans
    .slice(0, first)
    .findLast(({ concept }) => !['side', 'level', 'severity', 'neutral', 'lung'].includes(concept.kind));
  return before?.concept.kind === 'state' && before.concept.still && / (in|of)$/.test(before.phrase);
}
