/** Did lungs and heart stay where they were? */

import * as say from '../../messages/en/receipt';
import type { Finding } from '../../findings/vocabulary';
import { fixed } from '../../messages/numbers';
import type { CounterfactualFacts } from '../edit';
import type { ReceiptLine } from './line';
import { THRESHOLDS } from './thresholds';

/** What is drawn over the lungs' or the heart's border hides it, or moves it as asked: the anatomist then cannot say that the rest moved. */
const MOVES_BORDERS: ReadonlySet<Finding> = new Set<Finding>([
  'effusion',
  'pneumothorax',
  'pleural_thickening',
  'atelectasis',
  'emphysema',
  'fibrosis',
  'cardiomegaly',
  'hernia',
  'mass',
  'consolidation',
]);

export function anatomyLine({ recipe, measures, changedPixels }: CounterfactualFacts): ReceiptLine {
  const line = { id: 'anatomy', question: say.anatomy() } as const;
  if (changedPixels === 0)
    return { ...line, verdict: 'green', reason: say.nothingChanged(), key: undefined, figures: [] };
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
  if (recipe.drawn?.some(({ finding }) => MOVES_BORDERS.has(finding)) === true) {
    return { ...line, verdict: 'amber', reason: say.bordersByDrawing(), key, figures };
  }
  const isLungs = lungs / limits.lungs.green < heart / limits.heart.green;
  return lungs >= limits.lungs.amber && heart >= limits.heart.amber
    ? { ...line, verdict: 'amber', reason: isLungs ? say.lungsALittle() : say.heartALittle(), key, figures }
    : { ...line, verdict: 'red', reason: isLungs ? say.lungsElsewhere() : say.heartElsewhere(), key, figures };
}
