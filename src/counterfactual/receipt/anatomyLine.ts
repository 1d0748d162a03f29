/** Did lungs and heart stay where they were? */

import type { Counterfactual } from '../edit';
import type { ReceiptLine } from './line';
import { THRESHOLDS } from './thresholds';

export function anatomyLine({ measures, changedPixels }: Counterfactual): ReceiptLine {
  const line = { id: 'anatomy', question: 'Did the anatomy stay?' } as const;
  if (changedPixels === 0) return { ...line, verdict: 'green', reason: 'Nothing was changed.', key: undefined, figures: [] };
  if (measures === undefined) {
    return { ...line, verdict: undefined, reason: 'Not measured: this result was made by an earlier version.', key: undefined, figures: [] };
  }
  const { lungs, heart } = measures.anatomy;
  const key = Math.min(lungs, heart).toFixed(2);
  const figures = [
    { label: 'Overlap of the lungs (Dice)', value: lungs.toFixed(3) },
    { label: 'Overlap of the heart (Dice)', value: heart.toFixed(3) },
  ];
  const limits = THRESHOLDS.anatomy;
  if (lungs >= limits.lungs.green && heart >= limits.heart.green) {
    return { ...line, verdict: 'green', reason: 'Lungs and heart are found where they were.', key, figures };
  }
  const which = lungs / limits.lungs.green < heart / limits.heart.green ? 'lungs' : 'heart';
  return lungs >= limits.lungs.amber && heart >= limits.heart.amber
    ? { ...line, verdict: 'amber', reason: `The border of the ${which} is found a little elsewhere.`, key, figures }
    : { ...line, verdict: 'red', reason: `The border of the ${which} is found elsewhere: the anatomy may have changed.`, key, figures };
}
