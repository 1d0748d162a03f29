/** Did the other findings stay? */

import { knowledgeOf } from '../../findings/knowledge';
import { FINDINGS, type Finding } from '../../findings/vocabulary';
import { findingName } from '../../findings/words';
import * as say from '../../messages/en/receipt';
import { allOf, percent } from '../../messages/numbers';
import type { Counterfactual } from '../edit';
import { partsOf } from '../parts';
import { fromTo, type ReceiptLine, type Verdict } from './line';
import { THRESHOLDS, type Rulers } from './thresholds';

/**
 * Findings that an edit must leave alone. An edit of what looks like opacity may move everything that does, and `no finding`
 * moves with any.
 */
export function othersOf(asked: readonly Finding[]): readonly Finding[] {
  const opacityLike = asked.some((finding) => knowledgeOf(finding).opacityLike);
  return FINDINGS.filter(
    (finding) => !asked.includes(finding) && finding !== 'no_finding' && !(opacityLike && knowledgeOf(finding).opacityLike),
  );
}

export function othersLine({ recipe, before, after }: Counterfactual, { thresholds, measured, unreadable }: Rulers): ReceiptLine {
  const others = othersOf(partsOf(recipe.edit).map(({ finding }) => finding)).filter((finding) => !unreadable.has(finding));
  const change = (finding: Finding): number => Math.abs(after.findings[finding] - before.findings[finding]);
  const mean = others.reduce((sum, finding) => sum + change(finding), 0) / Math.max(1, others.length);
  const [most] = [...others].sort((a, b) => change(b) - change(a));
  const largest = most === undefined ? 0 : change(most);
  const crossed = others.filter((finding) => {
    const threshold = thresholds[finding];
    if (threshold === undefined || !measured.has(finding)) return false;
    return before.findings[finding] >= threshold !== after.findings[finding] >= threshold;
  });
  const verdict = verdictOf(mean, largest, crossed.length);
  const name = most === undefined ? '' : findingName(most);
  const figures = [
    { label: say.shouldStay(), value: String(others.length) },
    { label: say.meanChange(), value: percent(mean) },
    ...(most === undefined
      ? []
      : [{ label: say.largestChange({ finding: name }), value: fromTo(before.findings[most], after.findings[most]) }]),
    ...crossed.map((finding) => ({
      label: say.calledDifferently({ finding: findingName(finding) }),
      value: fromTo(before.findings[finding], after.findings[finding]),
    })),
  ];
  return { id: 'others', question: say.others(), verdict, reason: reasonOf(verdict, name, crossed), key: say.plusMinus({ share: percent(mean) }), figures };
}

function verdictOf(mean: number, largest: number, crossed: number): Verdict {
  const limits = THRESHOLDS.others;
  if (mean > limits.mean.amber || largest > limits.largest.amber) return 'red';
  return mean > limits.mean.green || largest > limits.largest.green || crossed > 0 ? 'amber' : 'green';
}

function reasonOf(verdict: Verdict, name: string, crossed: readonly Finding[]): string {
  if (verdict === 'green') return say.othersAsBefore();
  if (crossed.length > 0) {
    return say.judgesDifferently({ findings: allOf(crossed.map(findingName)) });
  }
  return (verdict === 'amber' ? say.movedSomewhat : say.movedToo)({ finding: name });
}
