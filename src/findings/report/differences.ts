/** Where a report and what is seen differ: each difference is an edit that may be asked for, or not. */

import { placesOf, type PlacedFinding } from '../combinations';
import type { PlaceSeverities } from '../change';
import { knowledgeOf, placesWhereItComes, usualPlaces } from '../knowledge';
import { canonicalPlaces } from '../places';
import type { Statement } from '../statement';
import { FINDINGS, ZONES, type Finding, type Place, type Severity } from '../vocabulary';
import type { ReadReport, ReportItem } from './extractor';

/** Why an edit is proposed. `unsure`: the report only suspects it. `silent`: it is seen, and the report says nothing of it. */
export type Difference = 'comes' | 'unsure' | 'graded' | 'denied' | 'normal' | 'silent';

export interface Proposal {
  readonly difference: Difference;
  /** What is asked of the finding, place by place; 0 clears a place. */
  readonly asked: PlacedFinding;
  /** Proposed with its tick: what the report says outright. */
  readonly ticked: boolean;
  /** Offsets of the words in the report; absent where it says nothing of the finding. */
  readonly said?: { readonly start: number; readonly end: number };
}

/** Two grades nearer than this are one: the reader's are continuous, a report's are words. */
export const SAME_GRADE = 0.75;

const opaque = (finding: Finding): boolean => knowledgeOf(finding).opacityLike;
const isThere = ({ certainty, severity }: Pick<ReportItem, 'certainty' | 'severity'>): boolean =>
  certainty !== 'negated' && severity > 0;

/**
 * What would make the picture agree with the report, in the order of the report, then what only the reader sees.
 * @param seen as the reader calls it; opacity by place, other findings of the whole image
 */
export function differences(report: ReadReport, seen: Statement): readonly Proposal[] {
  const said = report.items.filter(({ finding }) => finding !== 'no_finding');
  const named = [...new Set(said.filter(isThere).map(({ finding }) => finding))];
  const coming = named.flatMap((finding) => proposalsOf(finding, said, seen));
  const normal =
    named.length === 0 &&
    report.items.some(({ finding, certainty }) => finding === 'no_finding' && certainty === 'certain');
  const going = FINDINGS.filter((finding) => finding !== 'no_finding' && !named.includes(finding)).flatMap((finding) =>
    goingOf(finding, said, seen, normal),
  );
  return [...coming, ...going];
}

/** Of a finding that the report says is, or may be, there. */
function proposalsOf(finding: Finding, said: readonly ReportItem[], seen: Statement): readonly Proposal[] {
  const own = said.filter((item) => item.finding === finding && isThere(item));
  const first = own[0];
  if (first === undefined) return [];
  const sure = own.some(({ certainty }) => certainty === 'certain');
  const wanted = severitiesOf(finding, sure ? own.filter(({ certainty }) => certainty === 'certain') : own);
  const present = seenOf(finding, seen);
  const at = { start: first.start, end: first.end };
  const stated = own.some(({ severityStated }) => severityStated);
  const placed = own.some(({ places }) => places.length > 0);
  if (present === undefined) {
    return [{ difference: sure ? 'comes' : 'unsure', asked: { finding, severities: wanted }, ticked: sure, said: at }];
  }
  // Seen, and said to be there: only a place that is not seen, or another grade, is a difference.
  const changed = Object.fromEntries(
    placesOf({ severities: wanted }).flatMap((place) => {
      const before = present.at(place);
      const after = wanted[place] ?? 0;
      if (!placed && before === 0) return [];
      const differs = before === 0 || (stated && Math.abs(before - after) >= SAME_GRADE);
      return differs ? [[place, after] as const] : [];
    }),
  );
  if (Object.keys(changed).length === 0) return [];
  const anew = placesOf({ severities: changed }).some((place) => present.at(place) === 0);
  const difference = !sure ? 'unsure' : anew ? 'comes' : 'graded';
  return [{ difference, asked: { finding, severities: changed }, ticked: sure, said: at }];
}

/** Of a finding that is seen, and that the report denies or does not mention. */
function goingOf(finding: Finding, said: readonly ReportItem[], seen: Statement, normal: boolean): readonly Proposal[] {
  const present = seenOf(finding, seen, true);
  if (present === undefined) return [];
  const denial = said.find((item) => item.finding === finding && item.certainty === 'negated');
  // Opacity that the report calls consolidation, atelectasis or pneumonia is not denied by silence.
  const explained = opaque(finding)
    ? said
        .filter((item) => opaque(item.finding) && isThere(item))
        .flatMap(({ finding: by, places }) => [...wherever(by, places)])
    : [];
  const left = present.places.filter((place) => !explained.includes(place));
  const gone =
    denial !== undefined && denial.places.length > 0 ? left.filter((place) => denial.places.includes(place)) : left;
  if (gone.length === 0) return [];
  const difference = normal ? 'normal' : denial === undefined ? 'silent' : 'denied';
  return [
    {
      difference,
      asked: { finding, severities: Object.fromEntries(gone.map((place) => [place, 0])) },
      ticked: difference !== 'silent',
      ...(denial === undefined ? {} : { said: { start: denial.start, end: denial.end } }),
    },
  ];
}

const wherever = (finding: Finding, places: readonly Place[]): readonly Place[] =>
  places.length > 0 ? places : opaque(finding) ? ZONES : usualPlaces(finding);

/** The worst of what is said of each place. */
function severitiesOf(finding: Finding, items: readonly ReportItem[]): PlaceSeverities {
  const severities: Partial<Record<Place, Severity>> = {};
  for (const { places, severity } of items) {
    for (const place of places.length > 0 ? places : placesWhereItComes(finding))
      severities[place] = Math.max(severities[place] ?? 0, severity);
  }
  return severities;
}

interface SeenFinding {
  readonly places: readonly Place[];
  /** 0 where it is not seen. */
  readonly at: (place: Place) => Severity;
}

/** @param byItsName opacity alone, not also what looks like it */
function seenOf(finding: Finding, { items }: Statement, byItsName = false): SeenFinding | undefined {
  const own = items.filter(
    (item) =>
      isThere(item) && (item.finding === finding || (!byItsName && opaque(finding) && item.finding === 'lung_opacity')),
  );
  if (own.length === 0) return undefined;
  const at = (place: Place): Severity =>
    Math.max(
      0,
      ...own.filter(({ places }) => places.length === 0 || places.includes(place)).map(({ severity }) => severity),
    );
  const whole = own.some(({ places }) => places.length === 0);
  return { places: canonicalPlaces(whole ? usualPlaces(finding) : own.flatMap(({ places }) => places)), at };
}

/** The ticked ones as one request: a finding that comes in one place and goes from another is one. */
export function askedTogether(proposals: readonly Proposal[]): readonly PlacedFinding[] {
  const findings = [...new Set(proposals.map(({ asked }) => asked.finding))];
  return findings.map((finding) => ({
    finding,
    severities: Object.assign(
      {},
      ...proposals.filter(({ asked }) => asked.finding === finding).map(({ asked }) => asked.severities),
    ) as PlaceSeverities,
  }));
}
