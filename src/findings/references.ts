/** Places said in another sentence of a report: "left-sided scarring" of one told lower down, "this represents pneumonia". */

import { knowledgeOf } from './knowledge';
import type { Span } from './match';
import type { Parsed } from './parse';
import type { StatementItem } from './statement';
import type { Finding, Place } from './vocabulary';

/** What is a reading of an opacity, and so lies where that does. */
const READINGS: ReadonlySet<Finding> = new Set([
  'lung_opacity',
  'consolidation',
  'infiltration',
  'atelectasis',
  'pneumonia',
  'fibrosis',
]);
const POINTS = /^(this|these|it)$/;
const MEANS =
  /^(represent|representing|reflect|reflecting|may represent|could represent|may reflect|may be|could be|likely|probably|suggestive of|consistent|compatible|due)$/;
const BESIDE = /^(surrounding|adjacent|neighboring)$/;
const THINGS: ReadonlySet<string> = new Set(['other', 'heart', 'lung', 'side', 'level']);
const isFinding = ({ concept }: Span): boolean => concept.kind === 'finding';

/** The items with the places that they have from another sentence. Only of a report: a request says all in one. */
export function withReferences(parsed: Parsed, sentences: readonly (readonly Span[])[], text: string): Parsed {
  const items: StatementItem[] = [];
  parsed.statement.items.forEach((item, at) => {
    const start = parsed.evidence[at]?.start ?? 0;
    const from = items.findLastIndex((_, index) => parsed.evidence[index]?.start !== start);
    items.push(pointedAt(item, start, items, from < 0 ? [] : sentences, parsed));
  });
  const narrowed = items.map((item, at) => {
    const own = parsed.evidence[at];
    if (own?.sideAlone !== true) return item;
    const others = items.flatMap((each, index) => {
      const told = parsed.evidence[index];
      return told?.placeStated === true && told.sideAlone !== true && !inOneList(own.start, told.start, text)
        ? [each]
        : [];
    });
    return { ...item, places: toldNearer(item, others) };
  });
  return { ...parsed, statement: { items: narrowed } };
}

/** "This represents pneumonia", "surrounding atelectasis": where the last lung finding of the sentence before is. */
function pointedAt(
  item: StatementItem,
  start: number,
  earlier: readonly StatementItem[],
  sentences: readonly (readonly Span[])[],
  { evidence }: Parsed,
): StatementItem {
  if (item.places.length > 0 || item.certainty === 'negated' || !READINGS.has(item.finding)) return item;
  const at = sentences.findIndex((each) => (each[0]?.start ?? 0) <= start && start < (each.at(-1)?.end ?? 0));
  const [own, before] = [sentences[at], sentences[at - 1]];
  if (own === undefined || before === undefined || !pointsBack(own, start)) return item;
  const [from, to] = [before[0]?.start ?? 0, own[0]?.start ?? 0];
  const meant = earlier.findLast(({ finding, certainty, places }, index) => {
    const said = evidence[index]?.start ?? -1;
    const inLung = knowledgeOf(finding).site === 'lung';
    return from <= said && said < to && inLung && certainty !== 'negated' && places.length > 0;
  });
  return meant === undefined ? item : { ...item, places: meant.places };
}

function pointsBack(sentence: readonly Span[], until: number): boolean {
  const before = sentence.filter(({ start }) => start < until);
  const beside = before.findIndex(({ phrase }) => BESIDE.test(phrase));
  const other = before.findIndex(({ concept }) => THINGS.has(concept.kind));
  if (beside >= 0 && !before.slice(0, beside).some(isFinding) && other < 0) return true;
  return (
    POINTS.test(before[0]?.phrase ?? '') &&
    before.some(({ phrase, concept }) => MEANS.test(phrase) || concept.kind === 'cue') &&
    !before.some(({ concept }) => concept.kind === 'other' || concept.kind === 'heart')
  );
}

/** "Mild bilateral opacity; severe left upper zone opacity": each is told of its own place. */
function inOneList(one: number, other: number, text: string): boolean {
  const between = text.slice(Math.min(one, other), Math.max(one, other));
  return between.includes(';') && !/\.(?!\d)|\n/.test(between);
}

/** A side alone says nothing of the level: where the same finding is told at a level of each such side, it is there. */
function toldNearer(item: StatementItem, others: readonly StatementItem[]): readonly Place[] {
  if (knowledgeOf(item.finding).site === 'heart' || item.certainty === 'negated') return item.places;
  const nearer = others
    .filter(({ finding, certainty }) => finding === item.finding && certainty !== 'negated')
    .flatMap(({ places }) => places);
  const sideOf = (place: Place): string => place.split('_')[0] ?? '';
  const told = item.places.filter((place) => nearer.includes(place));
  return item.places.every((place) => told.some((other) => sideOf(other) === sideOf(place))) ? told : item.places;
}
