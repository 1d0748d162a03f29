/** Places in words: which zones a run of side and level words means, and how places are written. */

import { placeName, type Level, type Side } from './knowledge';
import type { Span } from './match';
import { PLACES, ZONES, type Place, type Zone } from './vocabulary';

const SIDES: readonly Side[] = ['right', 'left'];
const LEVELS: readonly Level[] = ['upper', 'mid', 'lower'];

/** One noun phrase such as "right mid and lower zones". */
interface Group {
  sides: Set<Side>;
  levels: Set<Level>;
  /** "left lung": every level is meant. */
  whole: boolean;
  /** A conjunction stood after it. */
  closed: boolean;
}

const zone = (side: Side, level: Level): Zone => `${side}_${level}`;

/** PLACES order, each once. */
export function canonicalPlaces(places: Iterable<Place>): readonly Place[] {
  const set = new Set(places);
  return PLACES.filter((place) => set.has(place));
}

/**
 * Places meant by the modifiers of one finding.
 * @param usualLevels levels meant when only a side is said.
 */
export function resolvePlaces(spans: readonly Span[], usualLevels: readonly Level[]): readonly Place[] {
  const spared = new Set(spans.flatMap((span) => sparedBy(span, spans)));
  const said = saidPlaces(
    spans.filter(({ concept }) => concept.kind !== 'spared'),
    usualLevels,
  );
  if (spared.size === 0) return said;
  // "Opacity sparing the apices": in all the rest of the lungs.
  return (said.length > 0 ? said : ZONES).filter((place) => !spared.has(place));
}

/** The zones that a span leaves out; a level without a side is of the sides that are named. */
export function sparedBy({ concept }: Span, among: readonly Span[]): readonly Place[] {
  if (concept.kind !== 'spared') return [];
  const named = concept.places.some((span) => sidesOf(span).length > 0)
    ? []
    : among
        .filter((span) => span.concept.kind === 'side' || span.concept.kind === 'level')
        .filter((span) => sidesOf(span).length > 0);
  const sides = named.map((span): Span => ({ ...span, concept: { kind: 'side', sides: sidesOf(span) } }));
  return saidPlaces([...sides, ...concept.places], LEVELS);
}

const sidesOf = ({ concept }: Span): readonly Side[] =>
  concept.kind === 'side' || concept.kind === 'level' ? (concept.sides ?? []) : [];

function saidPlaces(spans: readonly Span[], usualLevels: readonly Level[]): readonly Place[] {
  const places = new Set<Place>();
  const groups = groupsOf(spans, places);
  const levelled = groups.filter((group) => group.levels.size > 0 || group.whole);
  const levelsOnly = groups.filter((group) => group.levels.size > 0 && group.sides.size === 0);
  const isBare = (group: Group): boolean => group.sides.size > 0 && group.levels.size === 0 && !group.whole;
  /** "left ... lower zone": a side and a level said apart belong together. */
  for (const side of groups.filter(isBare).flatMap((group) => [...group.sides])) {
    for (const group of levelsOnly) group.sides.add(side);
  }
  for (const group of groups) {
    if (isBare(group) && [...group.sides].every((side) => levelled.some((other) => other.sides.has(side)))) continue;
    if (group.sides.size === 0 && group.levels.size === 0) continue;
    const sides = group.sides.size > 0 ? group.sides : SIDES;
    const levels = group.levels.size > 0 ? group.levels : group.whole ? LEVELS : usualLevels;
    for (const side of sides) for (const level of levels) places.add(zone(side, level));
  }
  return canonicalPlaces(places);
}

function groupsOf(spans: readonly Span[], places: Set<Place>): readonly Group[] {
  const groups: Group[] = [];
  const open = (): Group => {
    const group: Group = { sides: new Set(), levels: new Set(), whole: false, closed: false };
    groups.push(group);
    return group;
  };
  let current: Group | undefined;
  for (const span of spans) {
    const { concept } = span;
    if (concept.kind === 'side') {
      if (
        current === undefined ||
        current.whole ||
        (current.levels.size > 0 && (current.sides.size > 0 || current.closed))
      )
        current = open();
      for (const side of concept.sides) current.sides.add(side);
      current.closed = false;
    } else if (concept.kind === 'level') {
      const ownSides = concept.sides;
      const foreign =
        ownSides !== undefined &&
        current !== undefined &&
        current.sides.size > 0 &&
        !ownSides.every((side) => current?.sides.has(side));
      if (current === undefined || foreign || (ownSides !== undefined && current.levels.size > 0)) current = open();
      for (const side of ownSides ?? []) if (current.sides.size === 0 || !foreign) current.sides.add(side);
      for (const level of concept.levels) current.levels.add(level);
      current.whole = false;
      current.closed = false;
    } else if (concept.kind === 'lung') {
      if (current !== undefined && current.levels.size === 0 && current.sides.size > 0) current.whole = true;
    } else if (concept.kind === 'mediastinum') {
      places.add('mediastinum');
    } else if (concept.kind === 'join' && current !== undefined) {
      current.closed = true;
    }
  }
  return groups;
}

/** "left lower zone"; "right lung"; "bilateral lower zone": one phrase for as many zones as have a common name. */
export function placePhrases(places: readonly Place[]): readonly string[] {
  const left = new Set<Place>(places);
  const phrases: string[] = [];
  const take = (group: readonly Place[], phrase: string): void => {
    if (!group.every((place) => left.has(place))) return;
    phrases.push(phrase);
    for (const place of group) left.delete(place);
  };
  take(ZONES, 'bilateral lung');
  for (const side of SIDES)
    take(
      LEVELS.map((level) => zone(side, level)),
      `${side} lung`,
    );
  for (const level of LEVELS)
    take(
      SIDES.map((side) => zone(side, level)),
      `bilateral ${level} zone`,
    );
  for (const place of PLACES) take([place], placeName(place));
  return phrases;
}
