/**
 * What several findings asked at once may not be, by knowledge: repaired where a small change makes sense of it, refused where
 * none does. Every change says why. Pure.
 */

import * as say from '../messages/en/findings';
import { allOf, capital } from '../messages/numbers';
import { excludes, implausibility, knowledgeOf } from './knowledge';
import { nearestPlausible } from './nearest';
import { canonicalPlaces } from './places';
import { andThe } from './placeWords';
import type { Finding, Place, Severity } from './vocabulary';
import type { PlaceSeverities } from './change';
import type { SketchWish } from './wish';
import { findingName, fullPlaceName } from './words';

/** A finding with the severity of each of its places; 0 clears a place. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly severities: PlaceSeverities;
  readonly sketch?: SketchWish;
}

export interface Combination {
  /** What can be asked, in the given order. */
  readonly findings: readonly PlacedFinding[];
  /** What was changed, and why. */
  readonly repairs: readonly string[];
  /** Why it cannot be asked; undefined: it can. */
  readonly refusal: string | undefined;
}

export const placesOf = ({ severities }: Pick<PlacedFinding, 'severities'>): readonly Place[] =>
  canonicalPlaces(Object.keys(severities) as Place[]);

const asks = ({ severities }: PlacedFinding): boolean => Object.values(severities).some((severity) => severity > 0);

/** @param asked each finding once */
export function combined(asked: readonly PlacedFinding[]): Combination {
  const repairs: string[] = [];
  let findings: readonly PlacedFinding[] = asked
    .filter((each) => placesOf(each).length > 0)
    .map((each) => inItsPlaces(each, repairs));
  findings = withoutNoduleInMass(findings, repairs);
  findings = withOneOpacity(findings, repairs);
  return { findings, repairs, refusal: refusalOf(findings) };
}

/** An effusion without its base gets one; places where a finding is never seen are left out. */
function inItsPlaces(each: PlacedFinding, repairs: string[]): PlacedFinding {
  if (!asks(each)) return each;
  const places = placesOf(each);
  const wrong = implausibility(each.finding, places);
  const instead = nearestPlausible(each.finding, places);
  if (wrong === undefined || instead === undefined) return each;
  const usual = Math.max(...Object.values(each.severities));
  repairs.push(say.repaired({ why: wrong.reason, instead: instead.label }));
  return {
    ...each,
    severities: Object.fromEntries(instead.places.map((place) => [place, each.severities[place] ?? usual])),
  };
}

function withoutNoduleInMass(findings: readonly PlacedFinding[], repairs: string[]): readonly PlacedFinding[] {
  const mass = findings.find((each) => each.finding === 'mass' && asks(each));
  return findings.flatMap((each) => {
    if (each.finding !== 'nodule' || mass === undefined || !asks(each)) return [each];
    const left = without(each, placesOf(mass));
    if (placesOf(left).length === placesOf(each).length) return [each];
    repairs.push(say.massStays());
    return placesOf(left).length === 0 ? [] : [left];
  });
}

/** What looks like opacity is one brightness of the lung: where two of them are asked, the greater grade is asked of both. */
function withOneOpacity(findings: readonly PlacedFinding[], repairs: string[]): readonly PlacedFinding[] {
  const alike = findings.filter((each) => knowledgeOf(each.finding).opacityLike && asks(each));
  if (alike.length < 2) return findings;
  const greatest = (place: Place): Severity => Math.max(...alike.map(({ severities }) => severities[place] ?? 0));
  const differ = new Set<Place>();
  const levelled = findings.map((each) => {
    if (!alike.includes(each)) return each;
    const severities = Object.fromEntries(
      placesOf(each).map((place) => {
        if (each.severities[place] !== greatest(place)) differ.add(place);
        return [place, greatest(place)];
      }),
    );
    return { ...each, severities };
  });
  if (differ.size > 0) {
    const findings = capital(allOf(alike.map(({ finding }) => findingName(finding))));
    repairs.push(say.oneOpacity({ findings, places: andThe(canonicalPlaces(differ).map(fullPlaceName)) }));
  }
  return levelled;
}

/**
 * "No edema, severe left lower zone opacity": what looks like opacity and is only to go goes where none is asked, so that it is
 * not judged by what comes in its place. Where that leaves nowhere it stays as it is.
 */
export function goingElsewhere(findings: readonly PlacedFinding[]): readonly PlacedFinding[] {
  const coming = findings.flatMap((each) =>
    knowledgeOf(each.finding).opacityLike ? placesOf(each).filter((place) => (each.severities[place] ?? 0) > 0) : [],
  );
  return findings.map((each) => {
    if (asks(each) || !knowledgeOf(each.finding).opacityLike) return each;
    const left = without(each, coming);
    return placesOf(left).length === 0 ? each : left;
  });
}

function refusalOf(findings: readonly PlacedFinding[]): string | undefined {
  const excluded = findings.some(({ finding }, at) =>
    findings.slice(at + 1).some((other) => excludes(finding, other.finding)),
  );
  if (excluded) return say.normalExcludes();
  for (const each of findings) {
    const wrong = asks(each) ? implausibility(each.finding, placesOf(each)) : undefined;
    if (wrong !== undefined) return say.refused({ why: wrong.reason, advice: wrong.advice });
  }
  return undefined;
}

function without({ severities, ...kept }: PlacedFinding, places: readonly Place[]): PlacedFinding {
  return {
    ...kept,
    severities: Object.fromEntries(Object.entries(severities).filter(([place]) => !places.includes(place as Place))),
  };
}
