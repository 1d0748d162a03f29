/** Did the other findings stay? */

import { knowledgeOf } from '../../findings/knowledge';
import { FINDINGS, type Finding } from '../../findings/vocabulary';
import type { Counterfactual } from '../edit';
import { partsOf } from '../parts';
import { fromTo, percent, type ReceiptLine, type Verdict } from './line';
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

export function othersLine({ recipe, before, after }: Counterfactual, { thresholds, measured }: Rulers): ReceiptLine {
  const others = othersOf(partsOf(recipe.edit).map(({ finding }) => finding));
  const change = (finding: Finding): number => Math.abs(after.findings[finding] - before.findings[finding]);
  const mean = others.reduce((sum, finding) => sum + change(finding), 0) / others.length;
  const [most] = [...others].sort((a, b) => change(b) - change(a));
  const largest = most === undefined ? 0 : change(most);
  const crossed = others.filter((finding) => {
    const threshold = thresholds[finding];
    if (threshold === undefined || !measured.has(finding)) return false;
    return before.findings[finding] >= threshold !== after.findings[finding] >= threshold;
  });
  const verdict = verdictOf(mean, largest, crossed.length);
  const name = most === undefined ? '' : knowledgeOf(most).name;
  const figures = [
    { label: 'Findings that should stay', value: String(others.length) },
    { label: 'Mean change', value: percent(mean) },
    ...(most === undefined
      ? []
      : [{ label: `Largest change: ${name}`, value: fromTo(before.findings[most], after.findings[most]) }]),
    ...crossed.map((finding) => ({
      label: `Called differently: ${knowledgeOf(finding).name}`,
      value: fromTo(before.findings[finding], after.findings[finding]),
    })),
  ];
  return { id: 'others', question: 'Did the rest stay?', verdict, reason: reasonOf(verdict, name, crossed), key: `±${percent(mean)}`, figures };
}

function verdictOf(mean: number, largest: number, crossed: number): Verdict {
  const limits = THRESHOLDS.others;
  if (mean > limits.mean.amber || largest > limits.largest.amber) return 'red';
  return mean > limits.mean.green || largest > limits.largest.green || crossed > 0 ? 'amber' : 'green';
}

function reasonOf(verdict: Verdict, name: string, crossed: readonly Finding[]): string {
  if (verdict === 'green') return 'The second reader reads the other findings as before.';
  if (crossed.length > 0) {
    const names = crossed.map((finding) => knowledgeOf(finding).name).join(' and ');
    return `The second reader now judges ${names} differently.`;
  }
  return verdict === 'amber' ? `Other findings moved somewhat, ${name} most.` : `Other findings moved too, ${name} most.`;
}
