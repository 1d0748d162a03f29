/** "Any effusion?" is asked, not seen; "Effusion? No." is asked and answered. */

import type { Span } from './match';

const ASKS = /^(any|is|are|has|have|doe|does|do|could|can|was|were|is there|are there|what|how|why|whether)$/;
const ANSWER = /^(no|none|yes|absent|present|negative|positive|nil)$/;

const ends = (span: Span | undefined): boolean => span === undefined || span.concept.kind === 'sentenceEnd';

export function withQuestions(spans: readonly Span[]): readonly Span[] {
  return spans.flatMap((span, at): readonly Span[] => {
    if (span.phrase !== '?') return [span];
    const answer = spans[at + 1];
    if (answer !== undefined && ANSWER.test(answer.phrase) && ends(spans[at + 2]))
      return [{ ...span, phrase: ':', concept: { kind: 'boundary' } }];
    const from =
      spans.slice(0, at).findLastIndex((each) => each.concept.kind === 'sentenceEnd' || each.phrase === '?') + 1;
    if (!ASKS.test(spans[from]?.phrase ?? '')) return [span];
    return [
      { ...span, concept: { kind: 'cue', certainty: 'unsaid', applies: 'after' } },
      { ...span, concept: { kind: 'sentenceEnd' } },
    ];
  });
}
