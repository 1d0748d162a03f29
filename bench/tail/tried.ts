/** Measures of drawn findings that were tried and are too far from what was drawn to be told in a receipt: the table says how far. */

import type { DrawnFinding } from '../../src/counterfactual/edit';
import type { ChestSide } from '../../src/counterfactual/sketch/chest';
import { measureAsked, type Films } from '../../src/counterfactual/sketch/measure/asked';
import { findPleuralLine, LEAST_SCORE } from '../../src/counterfactual/sketch/measure/pleuralLine';
import { widthOfChange } from '../../src/counterfactual/sketch/measure/width';

/** Of the width, up and down from the centre, within which the widest row is looked for. */
const WIDTH_WITHIN = 0.25;

/** What a receipt tells, or else what was tried; undefined where there is neither. */
export function measureOrTry(
  record: DrawnFinding,
  films: Films,
  figures: Readonly<Record<string, number>>,
): number | undefined {
  const { before, after, chest } = films;
  const side: ChestSide = record.places.some((place) => place.startsWith('right')) ? 'right' : 'left';
  switch (record.finding) {
    case 'pneumothorax': {
      const { apexMm, score } = findPleuralLine(after, chest, before)[side];
      return score < LEAST_SCORE ? 0 : apexMm;
    }
    case 'hernia':
      return widthOfChange(after, before, chest, figures['centreY'] ?? 0.5, WIDTH_WITHIN * record.amount);
    default:
      return measureAsked(record, films, figures);
  }
}
