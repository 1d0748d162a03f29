/** What was drawn of a finding, in its own numbers: the first thing that the receipt's line about it says. */

import { amountText } from '../../findings/amountWords';
import type { Finding } from '../../findings/vocabulary';
import * as say from '../../messages/en/receipt';
import { fixed } from '../../messages/numbers';
import * as units from '../../messages/en/units';
import type { Counterfactual } from '../edit';
import type { Figure } from './line';

/** None: it was sampled. */
export function drawnFigures({ recipe, figures = [], measures }: Counterfactual, finding: Finding): readonly Figure[] {
  const drawn = (recipe.drawn ?? []).flatMap((each, index) =>
    each.finding === finding ? [{ ...each, used: figures[index] }] : [],
  );
  const about = measures?.scale === 'average';
  const asked = drawn.flatMap(({ amount, unit, used }): readonly Figure[] => {
    const reached = used?.['amount'];
    return [
      { label: say.drawnAmount(), value: amountText(reached ?? amount, unit, about && unit === 'mm') },
      // What there was no room for is told.
      ...(reached !== undefined && Math.abs(reached - amount) > 0.02 * Math.abs(amount)
        ? [{ label: say.askedAmount(), value: amountText(amount, unit) }]
        : []),
    ];
  });
  const ratio = measures?.cardiothoracicRatio;
  const measured =
    finding === 'cardiomegaly' && ratio !== undefined
      ? [
          {
            label: say.measuredRatio(),
            value: units.fromTo({ from: fixed(ratio.before, 2), to: fixed(ratio.after, 2) }),
          },
        ]
      : [];
  return [...asked, ...measured];
}

/** The heart as wide as asked, by the anatomist, which had no part in drawing it: within three hundredths. */
export function reachedRatio({ recipe, measures }: Counterfactual): boolean | undefined {
  const asked = recipe.drawn?.find(({ finding }) => finding === 'cardiomegaly')?.amount;
  const ratio = measures?.cardiothoracicRatio?.after;
  return asked === undefined || ratio === undefined ? undefined : Math.abs(ratio - asked) <= RATIO_WITHIN;
}

const RATIO_WITHIN = 0.03;
