/** What the studio computes on, and how far it is with getting ready. */

import type { StateCreator } from 'zustand/vanilla';
import type { DeviceReport } from '../../worker/messages';
import type { Problem } from '../../record/problem';
import type { ModelRelease } from '../release';
import type { Progress } from '../services';

export type EngineState =
  | { readonly status: 'starting'; readonly stage: Progress['stage']; readonly fraction: number }
  | { readonly status: 'ready'; readonly report: DeviceReport }
  | { readonly status: 'failed'; readonly problem: Problem };

export interface EngineSlice {
  readonly engine: EngineState;
  /** Undefined until the manifest is read. */
  readonly release: ModelRelease | undefined;
  /** Duration of the latest counterfactual in milliseconds. */
  readonly lastEdit: number | undefined;
  setEngine(engine: EngineState): void;
  setRelease(release: ModelRelease): void;
  setLastEdit(milliseconds: number): void;
}

export const STARTING: EngineState = { status: 'starting', stage: 'download', fraction: 0 };

export const createEngineSlice: StateCreator<EngineSlice> = (set) => ({
  engine: STARTING,
  release: undefined,
  lastEdit: undefined,
  setEngine: (engine) => {
    set({ engine });
  },
  setRelease: (release) => {
    set({ release });
  },
  setLastEdit: (lastEdit) => {
    set({ lastEdit });
  },
});
