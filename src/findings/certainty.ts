/** Negation and uncertainty: which findings of a clause a cue reaches. Follows the idea of NegEx (Chapman 2001), with scope instead of a window. */

import type { AttributedClause } from './attribute';
import type { Span } from './match';
import type { Certainty } from './statement';

/** What the words make of a mention; `unsaid`: asked or remembered, neither there nor denied. */
export type Said = Certainty | 'unsaid';
type Cued = Exclude<Said, 'certain'>;
const OUTWEIGHS: Readonly<Record<Said, number>> = { certain: 0, possible: 1, negated: 2, unsaid: 3 };

/** Certainty of each mention of the clause, in order. */
export function certainties(clause: AttributedClause): readonly Said[] {
  const { spans, mentions } = clause;
  const positions = mentions.map((mention) => mention.at);
  const result: Said[] = mentions.map(() => 'certain');
  const mark = (order: number, said: Cued): void => {
    // A denial outweighs a doubt.
    if (OUTWEIGHS[said] > OUTWEIGHS[result[order] ?? 'certain']) result[order] = said;
  };
  spans.forEach((span, index) => {
    const { concept } = span;
    if (concept.kind !== 'cue') return;
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
    for (const order of onward ? reached : behind) mark(order, concept.certainty);
  });
  markAlternatives(spans, positions, result);
  return mentions.map((mention, order): Said => {
    const concept = spans[mention.at]?.concept;
    const own = concept?.kind === 'finding' ? (concept.certainty ?? 'certain') : 'certain';
    const cued = result[order] ?? 'certain';
    if (cued === 'unsaid') return cued;
    const inverted = concept?.kind === 'finding' && concept.inverted === true;
    if (inverted || own === 'negated')
      return cued === 'negated' ? 'certain' : cued === 'possible' && inverted ? 'possible' : 'negated';
    return cued === 'certain' ? own : cued;
  });
}

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

/** First index that a cue at `index` no longer reaches. */
function reach(spans: readonly Span[], index: number, certainty: Cued): number {
  let named = false;
  for (let at = index + 1; at < spans.length; at += 1) {
    const { concept } = spans[at] ?? {};
    if (concept === undefined) break;
    if (concept.kind === 'finding') named = true;
    if (concept.kind === 'cue' && concept.certainty !== certainty && concept.applies !== 'after') return at;
    if (concept.kind === 'join') {
      if (named && certainty !== 'possible' && concept.word !== 'or' && standsByItself(spans, at)) return at;
      if (!listGoesOn(spans, at)) {
        if (concept.word === 'comma' && startsAnew(spans, at, certainty)) return at;
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

/** "no edema and severe cardiomegaly": what has a degree is there. */
function hasDegree(spans: readonly Span[], join: number): boolean {
  const rest = spans.slice(join + 1);
  const finding = rest.findIndex((span) => span.concept.kind === 'finding');
  return rest
    .slice(0, Math.max(0, finding))
    .some((span) => span.concept.kind === 'severity' || span.concept.kind === 'severityNumber');
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

/** "atelectasis versus infiltrate", "atelectasis or infiltrate": either may be the truth. */
function markAlternatives(spans: readonly Span[], positions: readonly number[], result: Said[]): void {
  for (let order = 0; order + 1 < positions.length; order += 1) {
    const between = spans.slice((positions[order] ?? 0) + 1, positions[order + 1]);
    const alternative = between.some(
      (span) => span.concept.kind === 'join' && (span.concept.word === 'or' || span.concept.word === 'versus'),
    );
    if (!alternative) continue;
    for (const each of [order, order + 1]) if (result[each] === 'certain') result[each] = 'possible';
  }
}
