/** Severity in words and back. */

import type { Span } from './match';
import { MAX_SEVERITY, type Severity } from './vocabulary';

/** What is meant when a finding is named without a degree. */
export const DEFAULT_SEVERITY = 2;
/** Severities are written to this many decimals. */
const DECIMALS = 3;
/** Characters between the two words of a range: "mild to moderate", "mild-moderate". */
const RANGE_GAP = 4;

const WORDS: readonly (readonly [Severity, string])[] = [
  [1, 'mild'],
  [1.5, 'mild to moderate'],
  [2, 'moderate'],
  [2.5, 'moderate to severe'],
  [3, 'severe'],
];

/** "mild", "moderate to severe", or "severity 1.4" between the words. Severity above 0. */
export function severityPhrase(severity: Severity): string {
  const rounded = roundSeverity(severity);
  return WORDS.find(([value]) => value === rounded)?.[1] ?? `severity ${rounded}`;
}

/** As a report says it: "mild", and for a grade between the words the nearest one, "mild (severity 1.4)". Severity above 0. */
export function gradePhrase(severity: Severity): string {
  const rounded = roundSeverity(severity);
  const [nearest] = WORDS.toSorted(([one], [other]) => Math.abs(one - rounded) - Math.abs(other - rounded));
  const [value, word] = nearest ?? [rounded, ''];
  return value === rounded ? word : `${word} (${severityPhrase(rounded)})`;
}

/** The severity that text can carry: [0, 3], three decimals. */
export function roundSeverity(severity: Severity): Severity {
  return Number(Math.min(MAX_SEVERITY, Math.max(0, severity)).toFixed(DECIMALS));
}

/** Degree said by a finding's modifiers, or undefined. Of several the nearest to the finding counts. */
export function severityOf(modifiers: readonly Span[], finding: Span): Severity | undefined {
  const stated = modifiers.flatMap((span, index) => {
    const value = valueAt(modifiers, span, index);
    return value === undefined ? [] : [{ value, start: span.start, end: span.end }];
  });
  const distance = (at: { start: number; end: number }): number =>
    at.end <= finding.start ? finding.start - at.end : at.start - finding.end;
  const nearest = stated.toSorted((one, other) => distance(one) - distance(other))[0];
  if (nearest === undefined) return undefined;
  const partner = stated.find(
    (each) =>
      each !== nearest && Math.min(Math.abs(each.start - nearest.end), Math.abs(nearest.start - each.end)) <= RANGE_GAP,
  );
  return partner === undefined ? nearest.value : (partner.value + nearest.value) / 2;
}

function valueAt(modifiers: readonly Span[], span: Span, index: number): Severity | undefined {
  if (span.concept.kind === 'severity') return span.concept.value;
  if (span.concept.kind !== 'number' || modifiers[index - 1]?.concept.kind !== 'severityNumber') return undefined;
  return roundSeverity(span.concept.value);
}
