/** Grades of a request that compares: what is named may be what is there at present, what shall be, or neither. */

import { direction } from './editIdioms';
import type { Span } from './match';
import { DEFAULT_SEVERITY } from './severity';
import { MAX_SEVERITY, type Severity } from './vocabulary';

const COMPARED = /^(worse|better|larger|bigger|smaller|milder|denser|more severe|less severe|more|less)$/;

/** Where what is said of a finding ends: at the grade of the next one, or at the next one itself. */
export function ownUntil(
  spans: readonly Span[],
  next: { readonly at: number; readonly stated: boolean } | undefined,
): number {
  if (next === undefined) return Infinity;
  const grade = spans.findLast(({ start, concept }) => start < next.at && concept.kind === 'severity');
  return next.stated ? (grade?.start ?? next.at) : next.at;
}

/**
 * "Make the mild effusion worse": mild is what it is now, and it goes one grade from there; "the mild effusion and the moderate edema
 * worse" says it of both. "The mild effusion worse, to severe" says what it shall be.
 * @param bounds where what is said of this finding begins, where its name ends, and where what is said of it alone ends
 */
export function fromPresent(
  stated: Severity,
  spans: readonly Span[],
  [since, until, own]: readonly [number, number, number],
): Severity {
  const gradeIn = (from: number, to: number): Severity | undefined => {
    const found = spans.findLast(({ start, concept }) => start >= from && start < to && concept.kind === 'severity');
    return found?.concept.kind === 'severity' ? found.concept.value : undefined;
  };
  const told = gradeIn(until, own);
  if (told !== undefined) return gradeIn(since, until) === undefined ? stated : told;
  const compared = spans.find(({ start, phrase }) => start >= until && COMPARED.test(phrase));
  const asked = compared === undefined ? undefined : direction([compared]);
  if (asked === undefined) return stated;
  return asked === 'more' ? Math.min(MAX_SEVERITY, stated + 1) : Math.max(0.5, stated - 1);
}

/** Where no grade is named: by the verb's direction alone. */
export function unstatedGrade(spans: readonly Span[]): Severity {
  const asked = direction(spans);
  if (asked === 'less') return 1;
  return asked === 'more' ? MAX_SEVERITY : DEFAULT_SEVERITY;
}
