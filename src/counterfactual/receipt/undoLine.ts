/** Can the edit be taken back? */

import type { Counterfactual } from '../edit';
import type { ReceiptLine } from './line';
import { THRESHOLDS } from './thresholds';

const grey = (share: number): string => `${(100 * share).toFixed(2)} % of the grey range`;

export function undoLine({ measures, changedPixels }: Counterfactual): ReceiptLine {
  const line = { id: 'undo', question: 'Can it be undone?' } as const;
  if (changedPixels === 0) return { ...line, verdict: 'green', reason: 'Nothing was changed, so nothing is lost.', key: undefined, figures: [] };
  const reversal = measures?.reversal;
  if (reversal === undefined) {
    return { ...line, verdict: undefined, reason: 'Not measured yet: it costs another generation.', key: undefined, figures: [] };
  }
  const ratio = reversal.error / Math.max(reversal.own, 1e-6);
  const { green, amber } = THRESHOLDS.undo.ratio;
  const key = `${ratio.toFixed(1)} ×`;
  const figures = [
    { label: 'Error after edit and undo', value: grey(reversal.error) },
    { label: 'Of the autoencoder alone', value: grey(reversal.own) },
    { label: 'Ratio', value: ratio.toFixed(2) },
  ];
  if (ratio <= green) return { ...line, verdict: 'green', reason: 'Taken back, the original returns nearly unharmed.', key, figures };
  return ratio <= amber
    ? { ...line, verdict: 'amber', reason: 'Taken back, the original returns with some details changed.', key, figures }
    : { ...line, verdict: 'red', reason: 'Taken back, something else returns: details under the mask were lost.', key, figures };
}
