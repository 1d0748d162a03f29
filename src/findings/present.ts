/** "Was severe, now mild", "improved from severe to mild": of two grades the later one holds. */

import type { Span } from './match';

const THEN = /^(was|were|previously|formerly|initially|from|had been|before|earlier)$/;
const NOW = /^(now|currently|today|presently|to|into|at present)$/;
const NEUTRAL = { kind: 'neutral' } as const;

const isDegree = ({ concept }: Span): boolean => concept.kind === 'severity' || concept.kind === 'number';
const passes = ({ concept }: Span): boolean =>
  ['neutral', 'preposition', 'severityNumber', 'join', 'state', 'verb'].includes(concept.kind);

export function withPresent(sentence: readonly Span[]): readonly Span[] {
  const now = sentence.findIndex(({ phrase }, at) => NOW.test(phrase) && degreeAfter(sentence, at) >= 0);
  if (now < 0) return sentence;
  const then = sentence
    .slice(0, now)
    .findLastIndex(
      (span, at) => THEN.test(span.phrase) && degreeAfter(sentence, at) >= 0 && degreeAfter(sentence, at) < now,
    );
  if (then < 0) return sentence;
  const before = degreeAfter(sentence, then);
  // Nothing else is named between the two.
  if (!sentence.slice(before + 1, now).every(passes)) return sentence;
  return sentence.map((span, at) =>
    at >= then && at < now && (isDegree(span) || span.concept.kind === 'join') ? { ...span, concept: NEUTRAL } : span,
  );
}

/** The grade that a word tells, at most a few words on. */
function degreeAfter(sentence: readonly Span[], at: number): number {
  const rest = sentence.slice(at + 1, at + 4);
  const found = rest.findIndex(isDegree);
  return found >= 0 && rest.slice(0, found).every(passes) ? at + 1 + found : -1;
}
