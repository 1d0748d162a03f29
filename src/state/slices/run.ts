/** The run of a plan: what it has made, what was decided about it, and what is being made now. */

import type { StateCreator } from 'zustand/vanilla';
import type { Problem } from '../../record/problem';
import type { RunRecord } from '../../run/folder';
import type { RunItem } from '../../run/item';
import type { FilmSource } from '../../run/runner';
import type { KnownRun, RunPlace } from '../run/places';
import type { Strips } from '../run/strips';

export type RunWork =
  /** The problem is what ended it. */
  | { readonly status: 'resting'; readonly problem?: Problem }
  | {
      readonly status: 'running' | 'held' | 'stopping';
      /** Undefined between two. */
      readonly item: RunItem | undefined;
      /** Of the item, 0 to 1. */
      readonly fraction: number;
      readonly millisecondsLeft: number | undefined;
    };

export interface OpenRun extends RunRecord {
  readonly place: RunPlace;
  readonly startedAt: string;
  /** Undefined: nobody has said where they are. */
  readonly films: FilmSource | undefined;
  readonly strips: Strips;
  readonly work: RunWork;
}

export type RunTab = 'run' | 'review' | 'export';

export interface RunSlice {
  readonly run: OpenRun | undefined;
  readonly runTab: RunTab;
  /** What this browser remembers, latest first. */
  readonly knownRuns: readonly KnownRun[];
  /** Begun in an earlier visit and not at its end: the user is asked whether to go on. */
  readonly offeredRun: string | undefined;
  setRun(run: OpenRun | undefined): void;
  updateRun(change: (run: OpenRun) => OpenRun): void;
  setRunTab(tab: RunTab): void;
  setKnownRuns(runs: readonly KnownRun[]): void;
  setOfferedRun(id: string | undefined): void;
}

export const createRunSlice: StateCreator<RunSlice> = (set) => ({
  run: undefined,
  runTab: 'run',
  knownRuns: [],
  offeredRun: undefined,
  setRun: (run) => {
    set({ run });
  },
  updateRun: (change) => {
    set(({ run }) => (run === undefined ? {} : { run: change(run) }));
  },
  setRunTab: (runTab) => {
    set({ runTab });
  },
  setKnownRuns: (knownRuns) => {
    set({ knownRuns });
  },
  setOfferedRun: (offeredRun) => {
    set({ offeredRun });
  },
});

/** Items of the plan that have come to an end. */
export function finishedOf({ plan, outcomes }: RunRecord): { readonly finished: number; readonly total: number } {
  return { finished: outcomes.size, total: plan?.generated.length ?? outcomes.size };
}
