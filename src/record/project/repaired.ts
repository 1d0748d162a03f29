/** A project as it could be opened. */

import type { ProjectSnapshot } from './snapshot';

export interface Repaired {
  readonly project: ProjectSnapshot;
  /** What could not be kept, a sentence each; empty: all of it is as it was. */
  readonly losses: readonly string[];
}
