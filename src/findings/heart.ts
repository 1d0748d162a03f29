/** "The heart is mildly enlarged" names cardiomegaly in two words; "normal heart size" denies it. */

import type { Span } from './match';

/** What is told of the heart. A borderline one is enlarged, possibly. */
type State = 'enlarged' | 'normal' | 'borderline';

const CERTAINTY = { enlarged: 'certain', normal: 'negated', borderline: 'possible' } as const;
const SIZED = /^(large|big|prominent)$/;
const TELLS = /^(is|are|was|were|remain|remains|appear|appears|appearing|size|sized|now|still)$/;
const GROWS = /^(?!no |without |little |not much ).*(increase|enlargement) (in|of)$/;
const NAMES = new Set(['finding', 'other', 'lung', 'side', 'level', 'heart']);

/** The clause with its heart as cardiomegaly, where the heart's size is told. */
export function readHeart(clause: readonly Span[]): readonly Span[] {
  const heart = clause.findIndex((span) => span.concept.kind === 'heart');
  if (heart < 0) return clause;
  const told = largeHeart(clause, heart);
  const state = stateOf(told, heart);
  if (state === undefined) return clause;
  return told.map((span, index) =>
    index === heart
      ? { ...span, concept: { kind: 'finding', finding: 'cardiomegaly', certainty: CERTAINTY[state] } }
      : span,
  );
}

function stateOf(clause: readonly Span[], heart: number): State | undefined {
  const enlarged = clause.findIndex((span, at) => span.concept.kind === 'enlarged' && !isOfAnother(clause, heart, at));
  // "Not normal" is no more than that.
  const normal = clause.findIndex((span, at) => span.concept.kind === 'normal' && clause[at - 1]?.phrase !== 'not');
  if (enlarged >= 0 && normal >= 0) {
    const between = clause.slice(Math.min(enlarged, normal) + 1, Math.max(enlarged, normal));
    // "Normal or mildly enlarged", "upper limits of normal to slightly enlarged".
    const either = between.some(
      ({ concept, phrase }) =>
        (concept.kind === 'join' && (concept.word === 'or' || concept.word === 'versus')) || phrase === 'to',
    );
    if (either && !between.some(({ concept }) => NAMES.has(concept.kind))) return 'borderline';
    return Math.abs(enlarged - heart) <= Math.abs(normal - heart) ? 'enlarged' : 'normal';
  }
  if (enlarged >= 0 || hasGrown(clause, heart)) return 'enlarged';
  if (normal >= 0) return 'normal';
  return clause.some((span) => span.phrase === 'borderline') ? 'borderline' : undefined;
}

/** "Stable heart size, enlarged aorta": the thing behind the comma is what is large. */
function isOfAnother(clause: readonly Span[], heart: number, enlarged: number): boolean {
  const comma = clause
    .slice(heart, Math.max(heart, enlarged))
    .some(({ concept }) => concept.kind === 'join' && concept.word === 'comma');
  if (!comma) return false;
  const rest = clause.slice(enlarged + 1);
  const end = rest.findIndex(
    ({ concept }) => concept.kind === 'preposition' || (concept.kind === 'join' && concept.word === 'comma'),
  );
  return (end < 0 ? rest : rest.slice(0, end)).some(({ concept }) => concept.kind === 'other' && !concept.abnormal);
}

/** "Heart size remains slightly large": the word is no grade, but what the grade is of. */
function largeHeart(clause: readonly Span[], heart: number): readonly Span[] {
  const large = clause.findIndex(
    (span, at) =>
      at > heart &&
      span.concept.kind === 'severity' &&
      SIZED.test(span.phrase) &&
      clause.slice(heart + 1, at).every(({ concept }) => ['neutral', 'severity', 'state'].includes(concept.kind)) &&
      clause.slice(heart + 1, at).some(({ phrase }) => TELLS.test(phrase)) &&
      !NAMES.has(clause[at + 1]?.concept.kind ?? ''),
  );
  return clause.map((span, at) => (at === large ? { ...span, concept: { kind: 'enlarged' } } : span));
}

/** "Interval increase in heart size". */
function hasGrown(clause: readonly Span[], heart: number): boolean {
  const before = clause
    .slice(0, heart)
    .findLast(({ concept, phrase }) => concept.kind !== 'neutral' || /(in|of)$/.test(phrase));
  return before?.concept.kind === 'state' && GROWS.test(before.phrase);
}
