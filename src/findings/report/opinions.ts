/** Two readings of one report side by side: where they agree, and where a person has to say which holds. */

import { mergeStatement } from '../parse';
import type { StatementItem } from '../statement';
import { FINDINGS, type Finding } from '../vocabulary';
import { SAME_GRADE } from './differences';
import type { ReadReport, ReportItem } from './extractor';

export type Reader = 'rules' | 'model';

/** What both say of one finding. */
export interface Opinion {
  readonly finding: Finding;
  readonly rules: readonly ReportItem[];
  readonly model: readonly ReportItem[];
  readonly agree: boolean;
}

/** One a finding that either speaks of, in the order of the vocabulary. */
export function sideBySide(rules: ReadReport, model: ReadReport): readonly Opinion[] {
  return FINDINGS.flatMap((finding): readonly Opinion[] => {
    const of = ({ items }: ReadReport): readonly ReportItem[] => items.filter((item) => item.finding === finding);
    const [own, other] = [of(rules), of(model)];
    if (own.length === 0 && other.length === 0) return [];
    return [{ finding, rules: own, model: other, agree: isSame(own, other) }];
  });
}

function isSame(rules: readonly ReportItem[], model: readonly ReportItem[]): boolean {
  const [one, other] = [inOne(rules), inOne(model)];
  // Models often pass over what is denied; that contradicts nobody.
  if (other === undefined) return one?.certainty === 'negated';
  if (one?.certainty !== other.certainty) return false;
  if (one.certainty === 'negated') return true;
  const placed = one.places.length > 0 && other.places.length > 0;
  const samePlaces =
    one.places.length === other.places.length && one.places.every((each) => other.places.includes(each));
  const graded = [rules, model].every((items) => items.some(({ severityStated }) => severityStated));
  return (!placed || samePlaces) && (!graded || Math.abs(one.severity - other.severity) < SAME_GRADE);
}

const inOne = (items: readonly ReportItem[]): StatementItem | undefined => mergeStatement({ items }).items[0];

/** Unless a person says otherwise the rules hold: a model adds or overrules nothing by itself. */
export const heldAtFirst = (reader: Reader): boolean => reader === 'rules';

/** The report as the person has it: what both say, and of each disagreement what is ticked. */
export function settled(
  { unrecognised }: ReadReport,
  opinions: readonly Opinion[],
  isTicked: (finding: Finding, reader: Reader) => boolean,
): ReadReport {
  const items = opinions.flatMap((opinion) =>
    opinion.agree
      ? opinion.rules
      : [
          ...(isTicked(opinion.finding, 'rules') ? opinion.rules : []),
          ...(isTicked(opinion.finding, 'model') ? opinion.model : []),
        ],
  );
  return { items: items.toSorted((one, other) => one.start - other.start), unrecognised };
}
