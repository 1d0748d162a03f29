/** "Effusion (small, left)", "edema (absent)": what brackets hold belongs to what stands before them. */

import type { Span } from './match';

const VERDICT = /^(present|absent|yes|no|none|nil|negative|positive|not seen|not present|excluded)$/;
const BOUNDARY = { kind: 'boundary' } as const;
const NEUTRAL = { kind: 'neutral' } as const;

export function withBrackets(spans: readonly Span[]): readonly Span[] {
  const result = [...spans];
  let open = -1;
  spans.forEach((span, at) => {
    if (span.phrase === '(') open = at;
    if (span.phrase !== ')' || open < 0) return;
    const inside = spans.slice(open + 1, at);
    const before = spans[open - 1];
    const names = inside.some(({ concept }) =>
      ['finding', 'heart', 'other', 'sentenceEnd', 'verb'].includes(concept.kind),
    );
    if (!names && inside.length > 0 && before !== undefined) {
      const listed = inside.some(({ concept }) => concept.kind === 'join');
      const verdict = inside.length === 1 && VERDICT.test(inside[0]?.phrase ?? '');
      const opening = spans[open];
      if (opening !== undefined && !listed) result[open] = { ...opening, concept: NEUTRAL };
      result[at] = { ...span, concept: verdict ? BOUNDARY : NEUTRAL };
      const only = spans[open + 1];
      if (verdict && only !== undefined && /^(no|none|nil|negative|absent)$/.test(only.phrase))
        result[open + 1] = { ...only, concept: { kind: 'cue', certainty: 'negated', applies: 'after' } };
    }
    open = -1;
  });
  return result;
}
