/** Parts of a lobe: the superior segment of a lower lobe lies in the lower lobe. */

import type { Span } from './match';

const PART = /^(segment|portion|part|aspect|division)$/;
const passes = ({ concept }: Span): boolean => concept.kind === 'neutral' || concept.kind === 'side';

/** The sentence without the levels that only name a part of what is named behind "of". */
export function ofTheLobe(sentence: readonly Span[]): readonly Span[] {
  return sentence.map((span, at) =>
    span.concept.kind === 'level' && span.concept.sides === undefined && isPartOfLevel(sentence, at)
      ? { ...span, concept: { kind: 'neutral' } }
      : span,
  );
}

/** "Basal segments of the right lower lobe"; of "the upper part of the left lung" the level is all that is said. */
function isPartOfLevel(sentence: readonly Span[], at: number): boolean {
  const [part, link] = sentence.slice(at + 1, at + 3);
  if (!PART.test(part?.phrase ?? '') || !/^(of|in|within)$/.test(link?.phrase ?? '')) return false;
  return sentence.slice(at + 3).find((span) => !passes(span))?.concept.kind === 'level';
}
