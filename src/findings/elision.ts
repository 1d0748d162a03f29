/**
 * "Effusion on the right, moderate on the left", "probable right and definite left effusion": one name for several places, each
 * with a grade or a certainty of its own. Each place is given the name, as if it were said again.
 */

import type { Span } from './match';

const BOUNDARY: Span['concept'] = { kind: 'boundary' };
const SURE = new Set(['definite', 'certain', 'obvious', 'clear cut', 'confirmed']);

const isFinding = ({ concept }: Span): boolean => concept.kind === 'finding';
const isPlace = ({ concept }: Span): boolean => concept.kind === 'side' || concept.kind === 'level';
const isDegree = ({ concept }: Span): boolean => concept.kind === 'severity' || concept.kind === 'severityNumber';
const isCue = ({ concept, phrase }: Span): boolean =>
  (concept.kind === 'cue' && concept.certainty !== 'unsaid') || SURE.has(phrase);
const isLink = ({ concept, phrase }: Span): boolean =>
  (concept.kind === 'join' && concept.word !== 'or' && concept.word !== 'versus') || phrase === ';';
/** Another thing that the words may be about. */
const isThing = ({ concept }: Span): boolean =>
  ['finding', 'heart', 'other', 'blunted', 'verb', 'boundary', 'enlarged'].includes(concept.kind);
/** "… has cleared, the left persists". */
const isStill = ({ concept }: Span): boolean => concept.kind === 'state' && concept.still;
/** "… and left mid zone to mild" is the end of one request. */
const isAsked = (part: readonly Span[]): boolean =>
  part.some((span, at) => isDegree(span) && part[at - 1]?.phrase === 'to');
const ownGrade = (part: readonly Span[]): boolean =>
  part.some(isPlace) && part.some((span) => isDegree(span) || isCue(span) || isStill(span)) && !isAsked(part);
const isBoth = ({ concept }: Span): boolean => concept.kind === 'side' && concept.sides.length > 1;

/** The parts of a sentence between joins, each with the index of its first span. */
function partsOf(sentence: readonly Span[]): readonly { readonly from: number; readonly spans: readonly Span[] }[] {
  const links = sentence.flatMap((span, at) => (isLink(span) ? [at] : []));
  return [-1, ...links].map((link, order) => ({ from: link + 1, spans: sentence.slice(link + 1, links[order]) }));
}

export function withElided(sentence: readonly Span[]): readonly Span[] {
  const parts = partsOf(sentence);
  /** The name that each part lacks. */
  const names = new Map<number, Span>();
  let last: { readonly name: Span; readonly part: number } | undefined;
  parts.forEach(({ spans }, order) => {
    const name = spans.findLast(isThing);
    if (name !== undefined) last = isFinding(name) ? { name, part: order } : undefined;
    else if (
      last !== undefined &&
      ownGrade(spans) &&
      !spans.some((span) => span.concept.kind === 'lung' && !spans.some(isPlace))
    )
      names.set(order, last.name);
  });
  parts.forEach(({ spans }, order) => {
    const next = parts[order + 1]?.spans ?? [];
    const name = next.find(isThing);
    const before = name === undefined ? [] : next.slice(0, next.indexOf(name));
    // "Definite left and probable right effusion".
    const cued = spans.some(isCue) && before.some((span) => isCue(span) || isDegree(span));
    if (
      name !== undefined &&
      isFinding(name) &&
      !spans.some(isThing) &&
      ownGrade(spans) &&
      cued &&
      before.some(isPlace)
    )
      names.set(order, name);
  });
  if (names.size === 0) return sentence;
  const result = parts.flatMap(({ from, spans }, order) => {
    const link = sentence[from - 1];
    const name = names.get(order);
    const apart = name !== undefined || names.has(order - 1);
    const own = supersededIn(parts, names, order)
      ? spans.map((span) => (isFinding(span) ? { ...span, concept: { kind: 'neutral' } as const } : span))
      : spans;
    return [
      ...(link === undefined ? [] : [apart ? { ...link, concept: BOUNDARY } : link]),
      ...(name === undefined ? own : own.map(saidBefore)),
      ...(name === undefined ? [] : [name]),
    ];
  });
  return result;
}

/** "None on the right": the name comes behind what denies it. */
function saidBefore(span: Span): Span {
  return span.concept.kind === 'cue' && span.concept.applies === 'after'
    ? { ...span, concept: { ...span.concept, applies: 'before' } }
    : span;
}

/** "Bilateral effusions, left large and right small": the first says only what the others say better. */
function supersededIn(
  parts: readonly { readonly spans: readonly Span[] }[],
  names: ReadonlyMap<number, Span>,
  order: number,
): boolean {
  const own = parts[order]?.spans ?? [];
  const finding = own.find(isFinding);
  if (finding === undefined || own.filter(isThing).length !== 1 || own.some((span) => isDegree(span) || isCue(span)))
    return false;
  const places = own.filter(isPlace);
  if (places.some((span) => !isBoth(span))) return false;
  const better = [...names]
    .filter(([at, name]) => at > order && name === finding)
    .map(([at]) => parts[at]?.spans ?? []);
  const sides = new Set(
    better.flatMap((part) =>
      part.flatMap(({ concept }) => (concept.kind === 'side' || concept.kind === 'level' ? (concept.sides ?? []) : [])),
    ),
  );
  return better.length > 0 && (places.length === 0 || sides.size === 2);
}
