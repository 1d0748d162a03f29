/** Words to concepts: at every word the longest known phrase wins; what is unknown is kept with its position. */

import { withElided } from './elision';
import { withoutElsewhere } from './elsewhere';
import { withKeys } from './keyValue';
import { ADVERBS, conceptOf, MAX_PHRASE_WORDS, SPELT_WORDS, type Concept } from './lexicon';
import { tokenise, type Token } from './tokenise';
import { meantWord } from './typos';

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
  const spans = graded(withoutSpared(matchSpans(text).flatMap(bothOf)));
  spans.forEach((span, at) => {
    if (span.concept.kind !== 'sentenceEnd') sentences.at(-1)?.push(span);
    else if (span.phrase === ';' && goesOn(spans.slice(at + 1)))
      sentences.at(-1)?.push({ ...span, concept: { kind: 'boundary' } });
    else sentences.push([]);
  });
  return sentences
    .filter((sentence) => sentence.length > 0)
    .map((sentence) => withElided(withoutElsewhere(withKeys(sentence))));
}

/** "No effusion on the right; moderate on the left": what follows names nothing of its own. */
function goesOn(rest: readonly Span[]): boolean {
  const end = rest.findIndex(({ concept }) => concept.kind === 'sentenceEnd');
  const own = end < 0 ? rest : rest.slice(0, end);
  const says = (...kinds: readonly string[]): boolean => own.some(({ concept }) => kinds.includes(concept.kind));
  return (
    says('side', 'level') &&
    says('severity', 'severityNumber', 'cue') &&
    !says('finding', 'heart', 'other', 'verb', 'blunted', 'lung', 'enlarged', 'normal')
  );
}

/** "Sparing the apices": where a finding is not, is not where it is. */
function withoutSpared(spans: readonly Span[]): readonly Span[] {
  let spared = false;
  return spans.map((span) => {
    if (/^spar(e|ing)$/.test(span.phrase)) spared = true;
    else if (['join', 'boundary', 'sentenceEnd', 'finding', 'verb', 'other'].includes(span.concept.kind))
      spared = false;
    return spared && ['side', 'level', 'lung', 'mediastinum'].includes(span.concept.kind)
      ? { ...span, concept: { kind: 'neutral' } }
      : span;
  });
}

/** "Grade 3" tells a grade; "grade the opacity" asks for one. */
function graded(spans: readonly Span[]): readonly Span[] {
  return spans.map((span, at) =>
    span.phrase === 'grade' && spans[at + 1]?.concept.kind === 'number'
      ? { ...span, concept: { kind: 'severityNumber' } }
      : span,
  );
}

/** Air and fluid in one word. */
function bothOf(span: Span): readonly Span[] {
  if (!/^(hydro|hemo|pyo)pneumothorax$/.test(span.phrase)) return [span];
  return [
    { ...span, concept: { kind: 'finding', finding: 'effusion' } },
    { ...span, concept: { kind: 'join', word: 'and' } },
    { ...span, concept: { kind: 'finding', finding: 'pneumothorax' } },
  ];
}

function matchSpans(text: string): readonly Span[] {
  const tokens = tokenise(text);
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length;) {
    const { used, phrase, concept } = longestAt(tokens, at);
    const [first, last] = [used[0], used.at(-1)];
    if (first === undefined || last === undefined) break;
    spans.push({ concept, phrase, start: first.start, end: last.end });
    at += used.length;
  }
  return spans;
}

/** The longest known phrase from a word on; adverbs inside it count for nothing: "cannot be entirely excluded". */
function longestAt(
  tokens: readonly Token[],
  at: number,
): { readonly used: readonly Token[]; readonly phrase: string; readonly concept: Span['concept'] } {
  for (let length = Math.min(MAX_PHRASE_WORDS + 1, tokens.length - at); length >= 1; length -= 1) {
    const used = tokens.slice(at, at + length);
    const words = used.map(({ word }) => word);
    const phrase = words.join(' ');
    const bare = words
      .filter((word, index) => index === 0 || index === words.length - 1 || !ADVERBS.has(word))
      .join(' ');
    const concept = conceptOf(phrase) ?? conceptOf(bare);
    if (concept !== undefined) return { used, phrase: conceptOf(phrase) === undefined ? bare : phrase, concept };
  }
  const used = tokens.slice(at, at + 1);
  const phrase = used[0]?.word ?? '';
  const meant = meantWord(phrase, SPELT_WORDS);
  const concept = meant === undefined ? undefined : conceptOf(meant);
  if (meant !== undefined && concept !== undefined) return { used, phrase: meant, concept };
  return {
    used,
    phrase,
    concept: /^\d/.test(phrase) ? { kind: 'number', value: Number(phrase) } : { kind: 'unknown' },
  };
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
    .map(readAngles)
    .map(readMediastinal);
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

/** A blunted costophrenic angle is the sign of a small effusion, not proof of one; a sharp one speaks against it. */
function readAngles(clause: readonly Span[]): readonly Span[] {
  const isAngle = ({ concept, phrase }: Span): boolean =>
    concept.kind === 'level' && /^(costophrenic|cp angle)/.test(phrase);
  const isClear = ({ concept }: Span): boolean =>
    concept.kind === 'finding' && concept.finding === 'lung_opacity' && concept.certainty === 'negated';
  const angle = clause.findIndex(isAngle);
  if (angle < 0) return clause;
  if (
    !clause.some(({ concept }) => concept.kind === 'blunted') &&
    clause.some((span) => isClear(span) || span.concept.kind === 'normal' || FREE.has(span.phrase))
  ) {
    const lungs = clause.some(({ concept }) => concept.kind === 'lung');
    return clause.flatMap((span, at): readonly Span[] => {
      if (at === angle)
        return [span, { ...span, concept: { kind: 'finding', finding: 'effusion', certainty: 'negated' } }];
      return [isClear(span) && !lungs ? { ...span, concept: { kind: 'neutral' } } : span];
    });
  }
  return clause.map((span) =>
    span.concept.kind === 'blunted'
      ? { ...span, concept: { kind: 'finding', finding: 'effusion', certainty: 'possible', severity: 1 } }
      : span,
  );
}

const FREE = new Set(['sharp', 'intact', 'preserved', 'maintained', 'free', 'open', 'crisp', 'not blunted']);

/** "Anterior mediastinal mass" says where; "mediastinal contour" names another thing. */
function readMediastinal(clause: readonly Span[]): readonly Span[] {
  return clause.map((span, at) => {
    const next = clause.slice(at + 1).find(({ concept }) => concept.kind !== 'neutral' && concept.kind !== 'severity');
    return span.phrase === 'mediastinal' && next?.concept.kind === 'finding' && next.concept.finding === 'mass'
      ? { ...span, concept: { kind: 'mediastinum' } }
      : span;
  });
}
