/** Words to concepts: at every word the longest known phrase wins; what is unknown is kept with its position. */

import { withBrackets } from './brackets';
import { withElided } from './elision';
import { withoutElsewhere } from './elsewhere';
import { readHeart } from './heart';
import { withKeys } from './keyValue';
import { ADVERBS, conceptOf, longestFrom, mendedWord, type Concept } from './lexicon';
import { withPresent } from './present';
import { ofTheLobe } from './segments';
import { withQuestions } from './questions';
import { withSpared } from './spared';
import { tokenise, type Token } from './tokenise';

export interface Span {
  readonly concept: Concept | { readonly kind: 'number'; readonly value: number } | { readonly kind: 'unknown' };
  /** Normal form, words joined by a space. */
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
  /** The phrase is what the word was taken for, one slip of the keys away. */
  readonly mended?: true;
}

/** Spans of the text grouped in sentences; sentence ends are dropped. */
export function matchSentences(text: string): readonly (readonly Span[])[] {
  const sentences: Span[][] = [[]];
  const spans = withSpared(
    withBrackets(withQuestions(graded(lettersOn(spoken(shortSides(matchSpans(text)))).flatMap(bothOf)))),
  );
  spans.forEach((span, at) => {
    if (span.concept.kind !== 'sentenceEnd') sentences.at(-1)?.push(span);
    else if (span.phrase === ';' && goesOn(spans.slice(at + 1)))
      sentences.at(-1)?.push({ ...span, concept: { kind: 'boundary' } });
    else sentences.push([]);
  });
  return sentences
    .filter((sentence) => sentence.length > 0)
    .map((sentence) =>
      withElided(
        withPresent(
          withoutElsewhere(wholeLungs(ofTheLobe(largeThings(bothAnd(withKeys(seenWhere(sameSide(sentence)))))))),
        ),
      ),
    );
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

/** "L1" is a vertebra, "2 L" of oxygen or fluid an amount: no side; "2 R nodules" has one. */
function shortSides(spans: readonly Span[]): readonly Span[] {
  return spans.map((span, at) => {
    const [before, next] = [spans[at - 1]?.concept.kind, spans[at + 1]?.concept];
    const counted = next?.kind === 'level' || (next?.kind === 'finding' && next.finding !== 'effusion');
    return /^[lr]$/.test(span.phrase) && (next?.kind === 'number' || (before === 'number' && !counted))
      ? { ...span, concept: { kind: 'neutral' } }
      : span;
  });
}

/** Dictated: "lungs are clear period no effusion comma no pneumothorax". */
function spoken(spans: readonly Span[]): readonly Span[] {
  return spans.map((span, at) => {
    if (/^(full stop|new line|new paragraph|next line)$/.test(span.phrase))
      return { ...span, concept: { kind: 'sentenceEnd' } };
    if (span.phrase === 'comma') return { ...span, concept: { kind: 'join', word: 'comma' } };
    const of = spans[at - 1];
    const isTime =
      of === undefined || /^(a|the|this|that|interval|time|of)$/.test(of.phrase) || spans[at + 1]?.phrase === 'of';
    return span.phrase === 'period' && !isTime ? { ...span, concept: { kind: 'sentenceEnd' } } : span;
  });
}

/** "Grade 3" tells a grade; "grade the opacity" asks for one. */
function graded(spans: readonly Span[]): readonly Span[] {
  return spans.flatMap((span, at): readonly Span[] => {
    if (/^(grade|score)$/.test(span.phrase) && isNumberFrom(spans, at + 1))
      return [{ ...span, concept: { kind: 'severityNumber' } }];
    const [value, slash, whole] = spans.slice(at, at + 3);
    // "3/3", "2 / 3": of the scale's three.
    if (value?.concept.kind === 'number' && slash?.phrase === '/' && whole?.phrase === '3' && value.concept.value <= 3)
      return [{ ...span, concept: { kind: 'severity', value: value.concept.value } }];
    const ofThree = spans[at + (span.phrase === '/' ? 1 : 0)]?.phrase === '3';
    const first = spans[at - (span.phrase === '/' ? 1 : 2)];
    if (
      ofThree &&
      (span.phrase === '/' || spans[at - 1]?.phrase === '/') &&
      first?.concept.kind === 'number' &&
      first.concept.value <= 3
    )
      return [];
    return [span];
  });
}

/** "Is large" tells the heart's size of a heart, a grade of anything else. */
function largeThings(sentence: readonly Span[]): readonly Span[] {
  const heart = sentence.some(({ concept }) => concept.kind === 'heart');
  return sentence.map((span) => {
    if (heart || span.concept.kind !== 'enlarged') return span;
    if (/^is (large|big)$/.test(span.phrase)) return { ...span, concept: { kind: 'severity', value: 3 } };
    return /^(bigger|increased in size)$/.test(span.phrase)
      ? { ...span, concept: { kind: 'state', still: true } }
      : span;
  });
}

/** "Right mass with ipsilateral effusion", "and a contralateral nodule": the side that was named before, or the other. */
function sameSide(sentence: readonly Span[]): readonly Span[] {
  return sentence.map((span, at) => {
    const other = span.phrase === 'contralateral';
    if (!other && span.phrase !== 'ipsilateral') return span;
    const named = sentence
      .slice(0, at)
      .flatMap(({ concept }) => (concept.kind === 'side' || concept.kind === 'level' ? [concept.sides ?? []] : []))
      .findLast((sides) => sides.length === 1);
    const [side] = named ?? [];
    if (side === undefined) return span;
    return { ...span, concept: { kind: 'side', sides: [other ? (side === 'right' ? 'left' : 'right') : side] } };
  });
}

/** "Is seen" ends a thought, unless it goes on to say where. */
function seenWhere(sentence: readonly Span[]): readonly Span[] {
  return sentence.map((span, at) => {
    const next = sentence[at + 1];
    const goes = next?.concept.kind === 'preposition' && next.phrase !== 'with';
    return goes && /^(is|are) seen$/.test(span.phrase) ? { ...span, concept: { kind: 'neutral' } } : span;
  });
}

/** "Both a mass and an effusion", "edema and effusion are both possible", "either edema or infection": no side is said. */
function bothAnd(sentence: readonly Span[]): readonly Span[] {
  return sentence.map((span, at) => {
    if (span.phrase === 'either' && namesFirst(sentence.slice(at + 1)))
      return { ...span, concept: { kind: 'neutral' } };
    if (span.phrase !== 'both') return span;
    const next = sentence
      .slice(at + 1)
      .find(({ concept }) => !['neutral', 'preposition', 'severity', 'state'].includes(concept.kind));
    const joined = sentence.slice(at + 1).some(({ concept }) => concept.kind === 'join' && concept.word === 'and');
    const listed =
      next?.concept.kind === 'finding' || (next?.concept.kind === 'side' && next.concept.sides.length === 1);
    const told = sentence[at - 1]?.concept.kind === 'neutral' && (next === undefined || next.concept.kind === 'cue');
    return told || (joined && listed && sentence[at + 1] !== next) ? { ...span, concept: { kind: 'neutral' } } : span;
  });
}

/** A finding stands there before a place, or the list has no place at all. */
function namesFirst(rest: readonly Span[]): boolean {
  const next = rest.find(({ concept }) => ['finding', 'other', 'level', 'lung', 'side'].includes(concept.kind));
  return next?.concept.kind === 'finding' || next?.concept.kind === 'other';
}

/** "Zones B and D": the second letter is a zone, too. */
function lettersOn(spans: readonly Span[]): readonly Span[] {
  let lettered = false;
  return spans.map((span, at): Span => {
    const letter = /^[a-f]$/.test(span.phrase) ? conceptOf(`zone ${span.phrase}`) : undefined;
    const next = spans[at + 1]?.concept.kind;
    const ends = next === undefined || ['join', 'sentenceEnd', 'preposition', 'number', 'boundary'].includes(next);
    if (/^(zone|brixia|brixia zone) [a-f]$/.test(span.phrase)) lettered = true;
    else if (lettered && letter !== undefined && (ends || span.phrase !== 'a')) return { ...span, concept: letter };
    else if (span.concept.kind !== 'join') lettered = false;
    return span;
  });
}

/** "Throughout the right lung": the whole of what is named, not of the chest. */
function wholeLungs(sentence: readonly Span[]): readonly Span[] {
  return sentence.map((span, at) => {
    const { concept } = span;
    if (concept.kind !== 'level' || concept.levels.length < 3) return span;
    const next = sentence
      .slice(at + 1)
      .find((each) => each.concept.kind !== 'neutral' && each.concept.kind !== 'preposition');
    const oneSided = next?.concept.kind === 'side' && next.concept.sides.length === 1;
    return oneSided ? { ...span, concept: { kind: 'level', levels: concept.levels } } : span;
  });
}

/** "Grade 2", "grade of 2". */
function isNumberFrom(spans: readonly Span[], from: number): boolean {
  const [next, second] = [spans[from], spans[from + 1]];
  return next?.concept.kind === 'number' || (next?.phrase === 'of' && second?.concept.kind === 'number');
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
  const mendedAt = new Set<number>();
  const tokens = tokenise(text).map((token): Token => {
    const meant = mendedWord(token.word, text.slice(token.start, token.end).toLowerCase());
    if (meant === undefined) return token;
    mendedAt.add(token.start);
    return { ...token, word: meant };
  });
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length;) {
    const { used, phrase, concept } = longestAt(tokens, at);
    const [first, last] = [used[0], used.at(-1)];
    if (first === undefined || last === undefined) break;
    spans.push({
      concept,
      phrase,
      start: first.start,
      end: last.end,
      ...(used.some((token) => mendedAt.has(token.start)) ? { mended: true as const } : {}),
    });
    at += used.length;
  }
  return spans;
}

/** The longest known phrase from a word on; adverbs inside it count for nothing: "cannot be entirely excluded". */
function longestAt(
  tokens: readonly Token[],
  at: number,
): { readonly used: readonly Token[]; readonly phrase: string; readonly concept: Span['concept'] } {
  const longest = longestFrom(tokens[at]?.word ?? '');
  // One adverb more than the phrase has words.
  const most = longest < 2 ? longest : longest + 1;
  for (let length = Math.min(most, tokens.length - at); length >= 1; length -= 1) {
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
    if (/^there (is|are|be)$/.test(span.phrase)) clauses.push(...withPlaceBefore(clauses.pop() ?? []));
    else if (span.concept.kind === 'boundary') {
      // It is of the clause that it ends.
      if (/^(is|are) seen$/.test(span.phrase)) clauses.at(-1)?.push({ ...span, concept: { kind: 'neutral' } });
      clauses.push([]);
    } else clauses.at(-1)?.push(span);
  }
  return clauses
    .filter((clause) => clause.length > 0)
    .map(readHeart)
    .map(readAngles)
    .map(readClear)
    .map(readMediastinal);
}

/** "In the left base there is opacity", "effusion, and on the left there is opacity": the place stands before what is there. */
function withPlaceBefore(clause: readonly Span[]): readonly Span[][] {
  const cut = clause.findLastIndex(
    (span, at) => span.concept.kind === 'join' && !isPlaceWord(clause[at - 1]) && isPlaceAlone(clause.slice(at + 1)),
  );
  if (isPlaceAlone(clause)) return [[...clause]];
  return cut < 0 ? [[...clause], []] : [clause.slice(0, cut), clause.slice(cut + 1)];
}

const isPlaceWord = (span: Span | undefined): boolean => ['side', 'level', 'lung'].includes(span?.concept.kind ?? '');
const isPlaceAlone = (spans: readonly Span[]): boolean =>
  spans.some(isPlaceWord) && spans.every((span) => isPlaceWord(span) || PLACING.has(span.concept.kind));
const PLACING: ReadonlySet<string> = new Set(['preposition', 'neutral', 'join']);

/** A blunted costophrenic angle is the sign of a small effusion, not proof of one; a sharp one speaks against it. */
function readAngles(clause: readonly Span[]): readonly Span[] {
  const isAngle = ({ concept, phrase }: Span): boolean =>
    concept.kind === 'level' && /^(costophrenic|cp )|^cpa$/.test(phrase);
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

/** "Lungs are clear airspace disease": the "of" is often dropped; what has something of its own is there. */
function readClear(clause: readonly Span[]): readonly Span[] {
  const lung = clause.findIndex(({ concept }) => concept.kind === 'lung');
  if (lung < 0) return clause;
  return clause.map((span, at) => {
    const next = clause[at + 1]?.concept;
    return at > lung &&
      span.phrase === 'clear' &&
      next?.kind === 'finding' &&
      next.certainty === undefined &&
      !OF_NO_LUNG.has(next.finding) &&
      !hasItsOwn(clause.slice(at + 2))
      ? { ...span, concept: { kind: 'cue', certainty: 'negated', applies: 'before' } }
      : span;
  });
}

/** No lung is clear of a large heart. */
const OF_NO_LUNG: ReadonlySet<string> = new Set(['cardiomegaly', 'hernia', 'no_finding']);
const OWN: ReadonlySet<string> = new Set([
  'side',
  'level',
  'lung',
  'severity',
  'severityNumber',
  'state',
  'cue',
  'enlarged',
]);

/** Told to be there, how much, or where: "effusion is small", "scarring in the apex", "effusion and edema are seen". */
function hasItsOwn(behind: readonly Span[]): boolean {
  const end = behind.findIndex(({ concept }, at) => {
    const next = behind[at + 1]?.concept;
    const goesOn = next?.kind === 'finding' && next.certainty === undefined && !OF_NO_LUNG.has(next.finding);
    return concept.kind === 'join' && !(concept.word !== 'or' && goesOn);
  });
  return (end < 0 ? behind : behind.slice(0, end)).some(
    ({ concept, phrase }) => OWN.has(concept.kind) || /^(is|are|was|were|remain|persist|has|have)\b/.test(phrase),
  );
}

/** "Anterior mediastinal mass" says where; "mediastinal contour" names another thing. */
function readMediastinal(clause: readonly Span[]): readonly Span[] {
  return clause.map((span, at) => {
    const next = clause.slice(at + 1).find(({ concept }) => concept.kind !== 'neutral' && concept.kind !== 'severity');
    if (span.phrase === 'mediastinal' && next?.concept.kind === 'finding' && next.concept.finding === 'mass')
      return { ...span, concept: { kind: 'mediastinum' } };
    // The shadow of a goiter is no opacity of the lung.
    const widened =
      span.concept.kind === 'finding' &&
      span.concept.finding === 'lung_opacity' &&
      span.concept.certainty === undefined &&
      clause[at - 1]?.phrase === 'mediastinal';
    return widened ? { ...span, concept: { kind: 'other', abnormal: true } } : span;
  });
}
