/** Did lungs and heart stay where they were? */

import * as say from '../../messages/en/receipt';
import { fixed } from '../../messages/numbers';
import type { Counterfactual } from '../edit';
import type { ReceiptLine } from './line';
import { THRESHOLDS } from './thresholds';

export function anatomyLine({ measures, changedPixels }: Counterfactual): ReceiptLine {
  const line = { id: 'anatomy', question: say.anatomy() } as const;
  if (changedPixels === 0) return { ...line, verdict: 'green', reason: say.nothingChanged(), key: undefined, figures: [] };
  if (measures === undefined) {
    return { ...line, verdict: undefined, reason: say.madeEarlier(), key: undefined, figures: [] };
  }
  const { lungs, heart } = measures.anatomy;
  const key = fixed(Math.min(lungs, heart), 2);
  const figures = [
    { label: say.lungsOverlap(), value: fixed(lungs, 3) },
    { label: say.heartOverlap(), value: fixed(heart, 3) },
  ];
  const limits = THRESHOLDS.anatomy;
  if (lungs >= limits.lungs.green && heart >= limits.heart.green) {
    return { ...line, verdict: 'green', reason: say.foundWhereTheyWere(), key, figures };
  }
  const isLungs = lungs / limits.lungs.green < heart / limits.heart.green;
  return lungs >= limits.lungs.amber && heart >= limits.heart.amber
    ? { ...line, verdict: 'amber', reason: isLungs ? say.lungsALittle() : say.heartALittle(), key, figures }
    : { ...line, verdict: 'red', reason: isLungs ? say.lungsElsewhere() : say.heartElsewhere(), key, figures };
}
