/** "Pneumothorax: none. Heart: mildly enlarged": a key and its value are one thought; a key before a sentence is a heading. */

import type { Span } from './match';

const DENIALS = new Set(['no', 'none', 'nil', 'negative', 'absent', 'not', 'neg', 'nothing', 'without']);
const isColon = (span: Span | undefined): boolean => span?.phrase === ':';
const isComma = ({ concept }: Span): boolean => concept.kind === 'join' && concept.word === 'comma';
const names = ({ concept, phrase }: Span): boolean =>
  concept.kind === 'finding' || concept.kind === 'heart' || phrase.startsWith('costophrenic');
const isWhere = ({ concept, phrase }: Span): boolean =>
  ['side', 'level', 'lung', 'join'].includes(concept.kind) || (concept.kind === 'neutral' && phrase !== ':');
const isSided = ({ concept }: Span): boolean =>
  concept.kind === 'side' || (concept.kind === 'level' && concept.sides !== undefined);
const BOUNDARY = { kind: 'boundary' } as const;

export function withKeys(sentence: readonly Span[]): readonly Span[] {
  if (!sentence.some(isColon)) return sentence;
  const spans = [...sentence];
  const colons = spans.flatMap((span, at) => (isColon(span) ? [at] : []));
  const starts = colons.map((colon, order) => {
    const from = (colons[order - 1] ?? -1) + 1;
    const comma = order === 0 ? -1 : spans.slice(from, colon).findLastIndex(isComma);
    return comma < 0 ? from : from + comma + 1;
  });
  colons.forEach((colon, order) => {
    const start = starts[order] ?? 0;
    const before = spans[start - 1];
    if (before !== undefined) spans[start - 1] = { ...before, concept: BOUNDARY };
    const next = starts[order + 1];
    const end = next === undefined ? spans.length : next - 1;
    const value = spans.slice(colon + 1, end);
    const key = spans.slice(start, colon);
    const colonOnly = spans[colon];
    // "RLZ: mild infiltrate", "right lung: a nodule": the key tells where.
    if (colonOnly !== undefined && key.length > 0 && key.every(isWhere) && key.some(isSided) && value.some(names)) {
      spans[colon] = { ...colonOnly, concept: { kind: 'neutral' } };
      return;
    }
    if (value.length === 0 || value.some(({ concept }) => concept.kind === 'verb') || !key.some(names)) return;
    if (
      value.some(
        ({ concept }) => concept.kind === 'heart' || (concept.kind === 'finding' && concept.certainty === undefined),
      )
    ) {
      // "Effusion: small left effusion": the key is a heading.
      key.forEach((span, at) => {
        if (span.concept.kind === 'finding') spans[start + at] = { ...span, concept: { kind: 'neutral' } };
      });
      return;
    }
    const colonSpan = spans[colon];
    if (colonSpan !== undefined) spans[colon] = { ...colonSpan, concept: { kind: 'neutral' } };
    value.forEach((span, at) => {
      const alone = value.slice(at + 1).every(({ concept }) => concept.kind === 'neutral' || concept.kind === 'state');
      const zero = span.concept.kind === 'number' && span.concept.value === 0;
      if ((DENIALS.has(span.phrase) || zero) && alone)
        spans[colon + 1 + at] = { ...span, concept: { kind: 'cue', certainty: 'negated', applies: 'after' } };
      // "Pneumonia: cannot exclude".
      else if (span.concept.kind === 'cue' && span.concept.applies === 'before' && at === value.length - 1)
        spans[colon + 1 + at] = { ...span, concept: { ...span.concept, applies: 'after' } };
    });
  });
  return spans;
}
