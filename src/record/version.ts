/** A result that was kept, and how far it is read. */

import type { Analysis } from '../counterfactual/analysis';
import type { StoredCounterfactual } from './pixels/storedCounterfactual';
import type { Problem } from './problem';
import type { Thumbnail } from './thumbnail';

export type AnalysisState =
  | { readonly status: 'waiting' }
  | { readonly status: 'running' }
  | { readonly status: 'ready'; readonly analysis: Analysis }
  | { readonly status: 'failed'; readonly problem: Problem };

/** A counterfactual in the document's tree. */
export interface Version {
  readonly id: string;
  /** The version that it was made from; undefined: the radiograph. */
  readonly parentId: string | undefined;
  readonly counterfactual: StoredCounterfactual;
  readonly thumbnail: Thumbnail;
  /** The request in words. */
  readonly label: string;
  /** What the user calls it; undefined: by its request. */
  readonly name: string | undefined;
  readonly pinned: boolean;
  /** Stored values that differ outside the mask from what it was made from, counted by the studio. */
  readonly changedOutside: number;
  /** What the reader sees in it; read once it is edited further. */
  readonly analysis: AnalysisState;
}
