/**
 * A counterfactual in the words of a report: before, what the second reader calls; after, that with what was asked. It says what the
 * pictures are meant to show, not that they do: how far they do is the receipt's.
 */

import { gradeAt, isRemoval } from '../findings/change';
import { canonicalPlaces } from '../findings/places';
import { findingsText } from '../findings/report/sentences';
import type { Statement, StatementItem } from '../findings/statement';
import { FINDINGS, ZONES, type Finding, type Place, type Severity } from '../findings/vocabulary';
import type { Counterfactual, Reading } from './edit';
import { partsOf } from './parts';

export interface ReportTexts {
  readonly before: string;
  readonly after: string;
}

type Thresholds = Readonly<Partial<Record<Finding, number>>>;

/** Zone severity from which opacity is spoken of, and the probability that calls a finding where no threshold is known. */
const PRESENT: Severity = 0.5;
const USUAL_THRESHOLD = 0.5;
/** Grade of a finding that is read of the whole image, where nobody stated one. */
const UNGRADED: Severity = 2;

/** @param thresholds calibrated probability from which the second reader calls a finding */
export function reportTexts(
  { before, recipe }: Pick<Counterfactual, 'before' | 'recipe'>,
  thresholds: Thresholds,
): ReportTexts {
  const asked = partsOf(recipe.edit);
  const seen = called(before, thresholds);
  const after = asked.reduce<readonly StatementItem[]>((items, part) => withAsked(items, part), seen);
  const absent = asked
    .filter((part) => !isRemoval(part) && !seen.some(({ finding }) => finding === part.finding))
    .map(({ finding }) => denied(finding));
  const ungraded = seen.filter(({ places }) => places.length === 0).map(({ finding }) => finding);
  const regraded = asked.map(({ finding }) => finding);
  return {
    before: text({ items: [...seen, ...absent] }, ungraded),
    after: text(
      { items: after },
      ungraded.filter((finding) => !regraded.includes(finding)),
    ),
  };
}

const text = (statement: Statement, ungraded: readonly Finding[]): string =>
  findingsText(
    statement.items.length > 0 ? statement : { items: [{ ...denied('no_finding'), ...CLEAR }] },
    new Set(ungraded),
  );
const CLEAR = { severity: 3, certainty: 'certain' } as const;

const denied = (finding: Finding): StatementItem => ({ finding, places: [], severity: 0, certainty: 'negated' });

/** Opacity zone by zone in whole grades, other findings of the whole image; other names for the lungs' opacity are left out. */
function called({ findings, zoneSeverity }: Reading, thresholds: Thresholds): readonly StatementItem[] {
  const opacity = placed(
    'lung_opacity',
    new Map(
      ZONES.flatMap((zone, index) => {
        const severity = zoneSeverity[index] ?? 0;
        return severity < PRESENT ? [] : [[zone, Math.max(1, Math.round(severity))] as const];
      }),
    ),
  );
  const others = FINDINGS.filter(
    (finding) => !BY_ZONE.has(finding) && findings[finding] >= (thresholds[finding] ?? USUAL_THRESHOLD),
  ).map((finding): StatementItem => ({ finding, places: [], severity: UNGRADED, certainty: 'certain' }));
  return [...opacity, ...others];
}

/** Told by the zones' severity, or by what is not there. */
const BY_ZONE: ReadonlySet<Finding> = new Set([
  'lung_opacity',
  'consolidation',
  'infiltration',
  'atelectasis',
  'pneumonia',
  'no_finding',
]);

/** One item a grade. */
function placed(finding: Finding, severities: ReadonlyMap<Place, Severity>): readonly StatementItem[] {
  const grades = [...new Set(severities.values())].filter((severity) => severity > 0);
  return grades.map((severity) => ({
    finding,
    places: canonicalPlaces([...severities].flatMap(([place, at]) => (at === severity ? [place] : []))),
    severity,
    certainty: 'certain',
  }));
}

type Part = ReturnType<typeof partsOf>[number];

function withAsked(items: readonly StatementItem[], part: Part): readonly StatementItem[] {
  const { finding, places, severity } = part;
  const others = items.filter((item) => item.finding !== finding);
  const own = items.filter((item) => item.finding === finding && item.certainty !== 'negated');
  const asked = new Map(places.map((place) => [place, gradeAt(part, place)]));
  const goes = isRemoval(part) || [...asked.values()].every((each) => each === 0);
  if (goes && (asked.size === 0 || own.some((item) => item.places.length === 0))) return [...others, denied(finding)];
  if (!goes && asked.size === 0) return [...others, { finding, places: [], severity, certainty: 'certain' }];
  const before = own.flatMap((item) => item.places.map((place) => [place, item.severity] as const));
  const left = placed(finding, new Map([...before, ...asked]));
  return [...others, ...(left.length > 0 ? left : [denied(finding)])];
}
