/** One line of a receipt. */

import type { Finding } from '../../findings/vocabulary';
import * as units from '../../messages/en/units';
import { fixed, percent } from '../../messages/numbers';

export type Verdict = 'green' | 'amber' | 'red';

export interface Figure {
  readonly label: string;
  readonly value: string;
}

export interface ReceiptLine {
  /** `effect-…`: of a finding that was asked beside the first. */
  readonly id: `effect-${Finding}` | 'effect' | 'others' | 'outside' | 'undo' | 'anatomy' | 'realism' | 'training';
  readonly question: string;
  /** Undefined: not measured, or measured by a line that only warns and did not. */
  readonly verdict: Verdict | undefined;
  /** Plain words: what was found, or why there is nothing. */
  readonly reason: string;
  /** The one figure that says most; undefined: not measured. */
  readonly key: string | undefined;
  readonly figures: readonly Figure[];
  /** It is amber or has no verdict, and is no check that waits to be made. */
  readonly onlyWarns?: true;
}

/** "31 → 52 %". */
export const fromTo = (before: number, after: number): string =>
  units.fromTo({ from: fixed(100 * before, 0), to: percent(after) });
