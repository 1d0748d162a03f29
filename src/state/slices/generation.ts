/** The counterfactual that is being made; one at a time. */

import type { StateCreator } from 'zustand/vanilla';
import type { Mask } from '../../imaging/radiograph';
import type { Progress } from '../services';
import type { StudioState } from '../store';

export type Generation =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly documentId: string;
      /** The request in words. */
      readonly label: string;
      readonly steps: number;
      readonly stage: Progress['stage'];
      /** 0 to 1 within the stage. */
      readonly fraction: number;
      /** 256x256 presentation grey so far. */
      readonly preview: Uint8ClampedArray | undefined;
      /** What may change, as far as the studio knows: previews are shown inside it. */
      readonly within: Mask | undefined;
      /** Start of the stage, milliseconds of a monotonic clock. */
      readonly stageStartedAt: number;
      /** Milliseconds into the stage at the latest report. */
      readonly stageElapsed: number;
      readonly cancelling: boolean;
      readonly cancel: () => void;
    };

export interface GenerationSlice {
  readonly generation: Generation;
  setGeneration(generation: Generation): void;
  /** A report of the running generation; ignored when none runs. */
  advanceGeneration(progress: Progress, now: number): void;
}

export const createGenerationSlice: StateCreator<StudioState, [], [], GenerationSlice> = (set) => ({
  generation: { status: 'idle' },
  setGeneration: (generation) => {
    set({ generation });
  },
  advanceGeneration: ({ stage, fraction, preview }, now) => {
    set(({ generation }) => {
      if (generation.status !== 'running') return {};
      const stageStartedAt = generation.stage === stage ? generation.stageStartedAt : now;
      return {
        generation: {
          ...generation,
          stage,
          fraction,
          preview: preview ?? generation.preview,
          stageStartedAt,
          stageElapsed: now - stageStartedAt,
        },
      };
    });
  },
});

type Running = Extract<Generation, { status: 'running' }>;

/** What is being made of the radiograph on the screen. */
export function generationHere({ generation, currentId }: Pick<StudioState, 'generation' | 'currentId'>): Running | undefined {
  return generation.status === 'running' && generation.documentId === currentId ? generation : undefined;
}

/** Integration step under way, 1 to `steps`. */
export function currentStep(generation: Running): number {
  return Math.min(generation.steps, Math.floor(generation.fraction * generation.steps) + 1);
}
