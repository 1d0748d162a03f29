/** Words to concepts: at every word the longest known phrase wins; what is unknown is kept with its position. */

import { conceptOf, MAX_PHRASE_WORDS, type Concept } from './lexicon';
import { tokenise } from './tokenise';

export interface Span {
  readonly concept: Concept | { readonly kind: 'number'; readonly value: number } | { readonly kind: 'unknown' };
  /** Normal form, words joined by a space. */
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
}

/** Spans of the text grouped in sentences; sentence ends are dropped. */
export function matchSentences(text: string): readonly (readonly Span[])[] {
  const sentences: Span[][] = [[]];
  for (const span of matchSpans(text)) {
    if (span.concept.kind === 'sentenceEnd') sentences.push([]);
    else sentences.at(-1)?.push(span);
  }
  return sentences.filter((sentence) => sentence.length > 0);
}

function matchSpans(text: string): readonly Span[] {
  const tokens = tokenise(text);
  const spans: Span[] = [];
  let at = 0;
  while (at < tokens.length) {
    const longest = Math.min(MAX_PHRASE_WORDS, tokens.length - at);
    let taken = 1;
    let concept: Span['concept'] = { kind: 'unknown' };
    for (let length = longest; length >= 1; length -= 1) {
      const found = conceptOf(
        tokens
          .slice(at, at + length)
          .map((token) => token.word)
          .join(' '),
      );
      if (found !== undefined) {
        concept = found;
        taken = length;
        break;
      }
    }
    const used = tokens.slice(at, at + taken);
    const first = used[0];
    const last = used.at(-1);
    if (first === undefined || last === undefined) break;
    const phrase = used.map((token) => token.word).join(' ');
    if (concept.kind === 'unknown' && /^\d/.test(phrase)) concept = { kind: 'number', value: Number(phrase) };
    spans.push({ concept, phrase, start: first.start, end: last.end });
    at += taken;
  }
  return spans;
}

/** Splits a sentence where a boundary word ends the reach of cues and modifiers. */
export function clausesOf(sentence: readonly Span[]): readonly (readonly Span[])[] {
  const clauses: Span[][] = [[]];
  for (const span of sentence) {
    if (span.concept.kind === 'boundary') clauses.push([]);
    else clauses.at(-1)?.push(span);
  }
  return clauses
    .filter((clause) => clause.length > 0)
    .map(readHeart)
    .map(readBlunting);
}

/** "The heart is mildly enlarged" names cardiomegaly in two words; "normal heart size" denies it. */
function readHeart(clause: readonly Span[]): readonly Span[] {
  const heart = clause.findIndex((span) => span.concept.kind === 'heart');
  if (heart < 0) return clause;
  const enlarged = clause.findIndex((span) => span.concept.kind === 'enlarged');
  const normal = clause.findIndex((span) => span.concept.kind === 'normal');
  const borderline = clause.some((span) => span.phrase === 'borderline');
  const state = nearest(heart, enlarged, normal) ?? (borderline ? 'borderline' : undefined);
  if (state === undefined) return clause;
  return clause.map((span, index) =>
    index === heart
      ? {
          ...span,
          concept: {
            kind: 'finding',
            finding: 'cardiomegaly',
            certainty: state === 'normal' ? 'negated' : state === 'borderline' ? 'possible' : 'certain',
          },
        }
      : span,
  );
}

function nearest(heart: number, enlarged: number, normal: number): 'enlarged' | 'normal' | undefined {
  if (enlarged < 0 && normal < 0) return undefined;
  if (enlarged < 0) return 'normal';
  if (normal < 0) return 'enlarged';
  return Math.abs(enlarged - heart) <= Math.abs(normal - heart) ? 'enlarged' : 'normal';
}

/** A blunted costophrenic angle is the sign of a small effusion, not proof of one. */
function readBlunting(clause: readonly Span[]): readonly Span[] {
  if (!clause.some((span) => span.concept.kind === 'level' && span.phrase.startsWith('costophrenic'))) return clause;
  return clause.map((span) =>
    span.concept.kind === 'blunted'
      ? { ...span, concept: { kind: 'finding', finding: 'effusion', certainty: 'possible', severity: 1 } }
      : span,
  );
}
