/** "Sparing the apices", "everywhere but in the right base", "in the left base rather than the right": places that are left out. */

import type { Concept } from './lexicon';
import type { Span } from './match';

const SPARING =
  /^(spar(e|ing)|except|except for|excepting|apart from|aside from|other than|besides|save for|with the exception of|excluding|excepted|outside|but not)$/;
const INSTEAD = /^(instead of|rather than|in place of|in lieu of|not)$/;
/** What may stand between the word and its places, and between them. */
const PASSES = new Set(['neutral', 'preposition', 'state', 'join', 'unknown']);
const PLACES = new Set(['side', 'level', 'lung']);

const isPlace = ({ concept }: Span): boolean => PLACES.has(concept.kind);

/** The spans with each left-out place, and the words that leave it out, as one. */
export function withSpared(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (let at = 0; at < spans.length;) {
    const span = spans[at];
    if (span === undefined) break;
    const opened = opensAt(spans, at);
    const places = opened === undefined ? [] : placesFrom(spans, at + opened.length);
    const last = places.at(-1);
    if (opened === undefined || last === undefined) {
      result.push(span);
      at += 1;
      continue;
    }
    const concept: Concept = {
      kind: 'spared',
      places: places.map((index) => spans[index]).filter((each) => each !== undefined),
      instead: opened.instead,
    };
    // A comma or a "but" before it does not end the thought.
    while (result.at(-1)?.concept.kind === 'join' || result.at(-1)?.phrase === 'but') result.pop();
    result.push({ concept, phrase: span.phrase, start: span.start, end: spans[last]?.end ?? span.end });
    at = last + 1;
  }
  return result;
}

/** How many words leave something out here. */
function opensAt(
  spans: readonly Span[],
  at: number,
): { readonly length: number; readonly instead: boolean } | undefined {
  const [word = '', next = ''] = [spans[at]?.phrase, spans[at + 1]?.phrase];
  if (word === 'but' && /^(not|none|nothing)$/.test(next)) return { length: 2, instead: false };
  if (word === 'but' && !isAfterAll(spans, at)) return undefined;
  if (word === 'not') {
    const before = spans[at - 1];
    return before?.concept.kind === 'join' ? { length: 1, instead: true } : undefined;
  }
  if (INSTEAD.test(word)) return { length: 1, instead: true };
  return SPARING.test(word) || word === 'but' ? { length: 1, instead: false } : undefined;
}

/** "Everywhere but", "all zones but". */
function isAfterAll(spans: readonly Span[], at: number): boolean {
  return spans
    .slice(Math.max(0, at - 3), at)
    .some(
      ({ concept, phrase }) =>
        /^(all|everywhere|throughout|diffuse|all zone|all lung zone|whole|entire)$/.test(phrase) ||
        (concept.kind === 'level' && concept.levels.length === 3),
    );
}

/** Indices of the places that follow; none where a finding or a grade claims them. */
function placesFrom(spans: readonly Span[], from: number): readonly number[] {
  const found: number[] = [];
  let open = -1;
  for (let at = from; at < spans.length; at += 1) {
    const span = spans[at];
    if (span === undefined) break;
    if (isPlace(span)) {
      found.push(at);
      open = -1;
    } else if (span.concept.kind === 'join' && span.concept.word === 'comma') break;
    else if (span.concept.kind === 'join') open = at;
    else if (span.concept.kind === 'finding' || span.concept.kind === 'other' || span.concept.kind === 'heart') {
      // "Except a right effusion", "sparing the bases and a nodule".
      return open >= 0 ? found : [];
    } else if (span.concept.kind === 'severity') return [];
    else if (!PASSES.has(span.concept.kind)) break;
  }
  return found.some((index) => spans[index]?.concept.kind !== 'lung') ? found : [];
}
