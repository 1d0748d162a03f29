/** What is, or shall be, seen in a radiograph. Text, sliders and the reader all meet in it. */

import type { Finding, Place, Severity } from './vocabulary';

export type Certainty = 'certain' | 'possible' | 'negated';

export interface StatementItem {
  readonly finding: Finding;
  /** Empty: place not stated. */
  readonly places: readonly Place[];
  /** In [0, 3]; 0 means absent. */
  readonly severity: Severity;
  readonly certainty: Certainty;
}

export interface Statement {
  readonly items: readonly StatementItem[];
}
