/**
 * What is asked of each finding, as the edit line says it: "moderate left lower zone consolidation", "remove right lung opacity",
 * "change left lower zone effusion to mild", "severe left lower zone opacity; mild right mid zone opacity; no left upper zone
 * opacity". `parseEdits` reads it.
 */

import { changeOf, gradeAt, isRemoval, type FindingChange, type PlaceSeverities } from './change';
import { drawnKind, isGradedAlone } from './drawn';
import { nameAt } from './format';
import { impliedPlaces, knowledgeOf } from './knowledge';
import { amountPhrase, lookPhrase, severityAtAmount, writtenWish } from './look';
import { canonicalPlaces } from './places';
import { roundSeverity, severityPhrase } from './severity';
import type { Finding, Place } from './vocabulary';
import { findingName } from './words';

/** `parseEdits(formatEdits(e))` gives each as `canonicalEdit` for findings other than no_finding, each named once. */
export function formatEdits(edits: readonly FindingChange[]): string {
  return edits.map(formatEdit).join('; ');
}

/** What is asked of one finding, in words. */
export function formatEdit(edit: FindingChange): string {
  const { number: many, ...options } = canonicalEdit(edit).sketch?.options ?? {};
  const text = formatOne(edit, options);
  return many === undefined
    ? text
    : text
        .replace(findingName(edit.finding), plural)
        .replace(/^(change )?/, (verb) => `${verb}${lookPhrase(edit.finding, { number: many })} `);
}

/** "nodules", "masses". */
function plural(name: string): string {
  return name.endsWith('s') ? `${name}es` : `${name}s`;
}

function formatOne(edit: FindingChange, options: Readonly<Record<string, string>>): string {
  const { kind, finding, places, severity, severities, sketch } = canonicalEdit(edit);
  const look = lookPhrase(finding, options);
  if (severities !== undefined) return formatSeverities(finding, places, severities, look);
  const unit = drawnKind(finding)?.amount.unit;
  const amount =
    sketch?.amount === undefined || unit === undefined || isGradedAlone(finding, options)
      ? undefined
      : amountPhrase(sketch.amount, unit);
  // A ratio is of the whole chest, and is said after it.
  const after = unit === 'ratio' && amount !== undefined ? ` with ${amount}` : '';
  const degree = after === '' ? (amount ?? severityPhrase(severity)) : '';
  switch (kind) {
    case 'remove':
      return `remove ${nameAt(finding, places, '')}`;
    case 'add':
      return `${nameAt(finding, places, said(degree, look))}${after}`;
    case 'grade':
      return `change ${nameAt(finding, places, look)} to ${after === '' ? degree : (amount ?? '')}`;
  }
}

const said = (...words: readonly string[]): string => words.filter((word) => word !== '').join(' ');

/** The worst first, what is to be clear last. */
function formatSeverities(
  finding: Finding,
  places: readonly Place[],
  severities: PlaceSeverities,
  look: string,
): string {
  const degrees = [...new Set(places.map((place) => severities[place] ?? 0))].sort((one, other) => other - one);
  return degrees
    .map((degree) => {
      const there = places.filter((place) => (severities[place] ?? 0) === degree);
      return degree === 0
        ? `no ${nameAt(finding, there, '')}`
        : nameAt(finding, there, said(severityPhrase(degree), look));
    })
    .join('; ');
}

/**
 * Places in order, implied place filled in, severities to three decimals; severity 0 is a removal. Severities that differ
 * are given for every place, and are stated, not graded; equal ones are one severity. An amount gives the severity, once for
 * all places; of a wish only what can be written stays.
 */
export function canonicalEdit(edit: FindingChange): FindingChange {
  const { finding } = edit;
  const places = knowledgeOf(finding).site === 'chest' ? [] : canonicalPlaces(impliedPlaces(finding, edit.places));
  const wish = isRemoval(edit) ? undefined : writtenWish(finding, edit.sketch);
  const { amount, options } = wish ?? {};
  const graded = amount === undefined ? undefined : severityAtAmount(finding, amount);
  if (graded !== undefined && edit.severities === undefined) {
    const sketch = isGradedAlone(finding, options ?? {}) && options !== undefined ? { options } : wish;
    return changeOf({ kind: edit.kind, finding, places, severity: roundSeverity(graded), sketch });
  }
  const look = options === undefined ? {} : { sketch: { options } };
  const each = places.map((place) => [place, roundSeverity(gradeAt(edit, place))] as const);
  const degrees = new Set(each.map(([, degree]) => degree));
  if (degrees.size > 1) {
    return {
      kind: 'add',
      finding,
      places,
      severity: Math.max(...degrees),
      severities: Object.fromEntries(each),
      ...look,
    };
  }
  const severity = [...degrees][0] ?? roundSeverity(edit.severity);
  return severity === 0
    ? { kind: 'remove', finding, places, severity }
    : changeOf({ kind: edit.kind, finding, places, severity, ...look });
}
