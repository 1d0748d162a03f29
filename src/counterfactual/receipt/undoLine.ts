/** Can the edit be taken back? */

import * as say from '../../messages/en/receipt';
import { fixed, percent } from '../../messages/numbers';
import type { CounterfactualFacts } from '../edit';
import type { ReceiptLine } from './line';
import { THRESHOLDS } from './thresholds';

const grey = (share: number): string => say.ofGreyRange({ share: percent(share, 2) });

export function undoLine({ measures, changedPixels }: CounterfactualFacts): ReceiptLine {
  const line = { id: 'undo', question: say.undo() } as const;
  if (changedPixels === 0) return { ...line, verdict: 'green', reason: say.nothingLost(), key: undefined, figures: [] };
  const reversal = measures?.reversal;
  if (reversal === undefined) {
    return { ...line, verdict: undefined, reason: say.undoNotMeasured(), key: undefined, figures: [] };
  }
  const ratio = reversal.error / Math.max(reversal.own, 1e-6);
  const { green, amber } = THRESHOLDS.undo.ratio;
  const key = say.timesOwn({ ratio: fixed(ratio, 1) });
  const figures = [
    { label: say.errorAfterUndo(), value: grey(reversal.error) },
    { label: say.ofAutoencoder(), value: grey(reversal.own) },
    { label: say.ratio(), value: fixed(ratio, 2) },
  ];
  if (ratio <= green) return { ...line, verdict: 'green', reason: say.returnsUnharmed(), key, figures };
  return ratio <= amber
    ? { ...line, verdict: 'amber', reason: say.returnsChanged(), key, figures }
    : { ...line, verdict: 'red', reason: say.returnsElse(), key, figures };
}
