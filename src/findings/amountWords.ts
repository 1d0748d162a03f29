/** A finding's own quantity on the screen. */

import * as units from '../messages/en/units';
import { fixed, percent } from '../messages/numbers';
import type { AmountUnit } from './amounts';

/** "30 mm", "0.62", "35 %"; with `about` where the scale is only estimated: "about 30 mm". */
export function amountText(amount: number, unit: AmountUnit, about = false): string {
  if (unit === 'ratio') return fixed(amount, 2);
  if (unit === 'share') return percent(amount);
  const length = units.millimetres({ value: roundedAmount(amount, unit) });
  return about ? units.about({ amount: length }) : length;
}

/** As fine as it is told. */
export function roundedAmount(amount: number, unit: AmountUnit): number {
  const steps = unit === 'mm' ? (amount < 10 ? 10 : 1) : 100;
  return Math.round(amount * steps) / steps;
}
