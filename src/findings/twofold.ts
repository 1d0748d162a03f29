/** Words of a report that tell two things: a "nodular opacity" is an opacity for sure and a nodule perhaps. */

import type { Evidence } from './parse';
import type { StatementItem } from './statement';
import type { Finding } from './vocabulary';

/** What is there, and what it may be. In an edit line the same words ask for what they look like, and for that alone. */
const TWOFOLD: readonly (readonly [RegExp, Finding, Finding])[] = [
  [/^(nodular|round|rounded)\s+(opacit(y|ies)|densit(y|ies))$/i, 'lung_opacity', 'nodule'],
  [/^mass\W?like\s+(opacit(y|ies)|densit(y|ies))$/i, 'lung_opacity', 'mass'],
  [/^fibronodular\b/i, 'fibrosis', 'nodule'],
];

/** "Nodular right lower lobe opacity": the look stands before the place. */
const NODULAR =
  /\b(?:nodular|rounded)\s+(?:(?:right|left|upper|mid|middle|lower|lobe|lung|zone|basal|basilar|apical|perihilar|retrocardiac|bilateral|pulmonary)\s+)+$/i;

export interface Told {
  readonly item: StatementItem;
  readonly evidence: Evidence;
}

/** Both of what was read as one; what is denied or doubted is so of both. */
export function twofold(told: Told, text: string): readonly Told[] {
  const { item, evidence } = told;
  const words = text.slice(evidence.start, evidence.end);
  const apart = item.finding === 'lung_opacity' && NODULAR.test(text.slice(0, evidence.start));
  const [, sure, perhaps] = apart
    ? [words, 'lung_opacity' as const, 'nodule' as const]
    : (TWOFOLD.find(([pattern]) => pattern.test(words)) ?? []);
  if (sure === undefined) return [told];
  const certainty = item.certainty === 'negated' ? 'negated' : 'possible';
  return [
    { item: { ...item, finding: sure }, evidence },
    {
      item: { ...item, finding: perhaps, certainty },
      evidence: certainty === 'possible' ? { ...evidence, doubt: 'open' } : evidence,
    },
  ];
}
