/** What a plan asks for, in the words that the studio understands. */

import { formatEdit, formatEdits } from '../../findings/editText';
import { placesWhereItComes, usualPlaces } from '../../findings/knowledge';
import { findingName } from '../../findings/words';
import { ZONES, type Finding, type Place } from '../../findings/vocabulary';

/** Grades and how often each is asked for: what is rare is seldom only mild, and never only severe. */
const GRADES = [
  { severity: 1, until: 0.3 },
  { severity: 2, until: 0.75 },
  { severity: 3, until: 1 },
] as const;

/** A finding that comes into a clear film, at a place where it is found. */
export function requestOf(finding: Finding, random: () => number): string {
  const draw = random();
  const { severity } = GRADES.find(({ until }) => draw < until) ?? GRADES[1];
  const places = placesFor(finding, random);
  return formatEdit({ kind: 'add', finding, places, severity });
}

/** Where it comes, when nobody says; else one of its usual places. */
export function placesFor(finding: Finding, random: () => number): readonly Place[] {
  const everywhere = placesWhereItComes(finding);
  if (everywhere.length > 0) return everywhere;
  const usual = usualPlaces(finding);
  const possible = usual.length === 0 ? ZONES : usual;
  return [possible[Math.floor(random() * possible.length)] ?? 'right_lower'];
}

/** What a swap is called: what it asks follows from the reading of both films, and names no file. */
export function borrowedWords(finding: Finding): string {
  return `${findingName(finding)} of another patient`;
}

/** What looks like opacity goes, in the whole of both lungs. */
export function erasureOf(findings: readonly Finding[]): string {
  return formatEdits(findings.map((finding) => ({ kind: 'remove', finding, places: [...ZONES], severity: 0 })));
}
