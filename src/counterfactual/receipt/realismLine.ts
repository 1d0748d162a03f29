/**
 * Does what changed look like lung? By how much farther from real lungs its texture lies than the same part's of the film before.
 * It may warn and never praise: hard edges and repeats are missed on films of much contrast (docs/decisions/137).
 */

import * as say from '../../messages/en/receipt';
import * as units from '../../messages/en/units';
import { fixed } from '../../messages/numbers';
import { isRemoval } from '../../findings/change';
import { knowledgeOf } from '../../findings/knowledge';
import type { CounterfactualFacts } from '../edit';
import { partsOf } from '../parts';
import type { ReceiptLine } from './line';
import { THRESHOLDS } from './thresholds';

/** Fluid, air and scars beside the lung have no lung's texture on real films either. */
function comesOutsideLung({ recipe: { edit } }: CounterfactualFacts): boolean {
  return partsOf(edit).some((part) => !isRemoval(part) && knowledgeOf(part.finding).site !== 'lung');
}

export function realismLine(counterfactual: CounterfactualFacts): ReceiptLine {
  const { measures, changedPixels } = counterfactual;
  const line = { id: 'realism', question: say.realism(), key: undefined, figures: [], onlyWarns: true } as const;
  if (changedPixels === 0) return { ...line, verdict: undefined, reason: say.nothingChanged() };
  if (measures?.realism === undefined || comesOutsideLung(counterfactual)) {
    return { ...line, verdict: undefined, reason: measures === undefined ? say.madeEarlier() : say.noTexture() };
  }
  const { before, after } = measures.realism;
  const { farther } = THRESHOLDS.realism;
  const isFar = after - before > farther;
  return {
    ...line,
    verdict: isFar ? 'amber' : undefined,
    reason: isFar ? say.unlikeLung() : say.notUnlikeLung(),
    key: units.fromTo({ from: fixed(before, 1), to: fixed(after, 1) }),
    figures: [
      { label: say.distanceFromLungs(), value: units.fromTo({ from: fixed(before, 2), to: fixed(after, 2) }) },
      { label: say.rarelyFarther(), value: fixed(farther, 2) },
    ],
  };
}
