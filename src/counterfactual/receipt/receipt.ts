/**
 * How far a counterfactual can be trusted, line by line: a verdict, the reason in plain words, and the figures behind it. Pure;
 * it rests on what was measured after the edit, and nothing here leads to pixels.
 */

import type { CounterfactualFacts } from '../edit';
import { anatomyLine } from './anatomyLine';
import { effectLines } from './effectLine';
import type { ReceiptLine, Verdict } from './line';
import { othersLine } from './othersLine';
import { outsideLine } from './outsideLine';
import { realismLine } from './realismLine';
import type { Rulers } from './thresholds';
import { trainingLine } from './trainingLine';
import { undoLine } from './undoLine';

export interface Receipt {
  /** The worst of the lines that were measured. */
  readonly verdict: Verdict;
  readonly lines: readonly ReceiptLine[];
}

const ORDER: readonly Verdict[] = ['green', 'amber', 'red'];

export function worst(verdicts: readonly (Verdict | undefined)[]): Verdict {
  return verdicts.reduce<Verdict>(
    (most, verdict) => (verdict !== undefined && ORDER.indexOf(verdict) > ORDER.indexOf(most) ? verdict : most),
    'green',
  );
}

/** @param changedOutside stored values that differ where the mask is 0, counted by whoever holds both images */
export function receiptOf(counterfactual: CounterfactualFacts, changedOutside: number, rulers: Rulers): Receipt {
  const lines = [
    ...effectLines(counterfactual, rulers),
    othersLine(counterfactual, rulers),
    outsideLine(counterfactual, changedOutside),
    undoLine(counterfactual),
    anatomyLine(counterfactual),
    realismLine(counterfactual),
    trainingLine(counterfactual, rulers),
  ];
  return { verdict: worst(lines.map(({ verdict }) => verdict)), lines };
}
