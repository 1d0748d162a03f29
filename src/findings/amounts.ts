/** A finding's own quantity: a size in mm, a ratio or a share, and how it stands to the four grades. */

import type { Severity } from './vocabulary';

export type AmountUnit = 'mm' | 'ratio' | 'share';

/** The quantity that a slider sets. */
export interface SketchAmount {
  readonly unit: AmountUnit;
  readonly min: number;
  readonly max: number;
  /** Its value at severity 0 (least visible), 1, 2 and 3, ascending. Linear between. */
  readonly bySeverity: readonly [number, number, number, number];
}

/** The finding's own quantity of a request: as set, else from the severity. */
export function amountOf(
  { min, max, bySeverity }: SketchAmount,
  { amount, severity }: { readonly amount?: number; readonly severity: Severity },
): number {
  if (amount !== undefined) return Math.min(max, Math.max(min, amount));
  const at = Math.min(3, Math.max(0, severity));
  const low = Math.min(2, Math.floor(at));
  const [from, to] = [bySeverity[low] as number, bySeverity[low + 1] as number];
  return from + (to - from) * (at - low);
}

/** The severity at which a quantity lies, the inverse of `amountOf`. */
export function severityOfAmount({ bySeverity }: SketchAmount, amount: number): Severity {
  for (let low = 0; low < 3; low++) {
    const [from, to] = [bySeverity[low] as number, bySeverity[low + 1] as number];
    if (amount <= to || low === 2) return Math.min(3, Math.max(0, low + (amount - from) / (to - from)));
  }
  return 3;
}
