/** What the networks are making now; one at a time. Which job it belongs to is told by the queue. */

import type { StateCreator } from 'zustand/vanilla';
import type { SearchTrial } from '../../counterfactual/search/searchEdit';
import type { AreaOutline } from '../../viewport/viewport';
import { findCandidate } from '../../record/candidates';
import type { JobKind } from '../../record/job';
import type { Progress } from '../services';
import type { DocumentsSlice } from './documents';

export type Generation =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly jobId: string;
      readonly kind: JobKind;
      readonly documentId: string;
      /** The request in words. */
      readonly label: string;
      readonly steps: number;
      /** Which of the job's parts, from 0, and how many there are. */
      readonly part: number;
      readonly parts: number;
      readonly stage: Progress['stage'];
      /** 0 to 1 within the stage of this part. */
      readonly fraction: number;
      /** 256x256 presentation grey so far. */
      readonly preview: Uint8ClampedArray | undefined;
      /** What may change, as far as the studio knows: previews are shown inside it. */
      readonly within: AreaOutline['area'] | undefined;
      /** The latest noise that a search has tried. */
      readonly trial: SearchTrial | undefined;
      /** When this part began to be sampled, or its stage before that, in milliseconds of a monotonic clock. */
      readonly stageStartedAt: number;
      /** Milliseconds into the stage at the latest report. */
      readonly stageElapsed: number;
      /** Milliseconds that the latest finished part took. */
      readonly partMilliseconds: number | undefined;
      /** Since when it is held between two steps. */
      readonly heldAt: number | undefined;
      readonly cancelling: boolean;
    };

export type RunningGeneration = Extract<Generation, { status: 'running' }>;

export interface GenerationSlice {
  readonly generation: Generation;
  setGeneration(generation: Generation): void;
  updateGeneration(change: (generation: RunningGeneration) => RunningGeneration): void;
  /** A report of the running generation; ignored when none runs. */
  advanceGeneration(progress: Progress, now: number): void;
}

export const createGenerationSlice: StateCreator<GenerationSlice> = (set, get) => ({
  generation: { status: 'idle' },
  setGeneration: (generation) => {
    set({ generation });
  },
  updateGeneration: (change) => {
    const { generation } = get();
    if (generation.status === 'running') set({ generation: change(generation) });
  },
  advanceGeneration: ({ stage, fraction, preview, trial }, now) => {
    get().updateGeneration((generation) => {
      const stageStartedAt = generation.stage === stage ? generation.stageStartedAt : now;
      return {
        ...generation,
        stage,
        fraction,
        preview: preview ?? generation.preview,
        trial: trial ?? generation.trial,
        stageStartedAt,
        stageElapsed: now - stageStartedAt,
      };
    });
  },
});

/**
 * What is being made of the radiograph on the screen, and grows there. A candidate that is looked at stays while others are made,
 * and taking an edit back for the receipt shows nothing.
 */
export function generationHere({
  generation,
  currentId,
  documents,
}: Pick<GenerationSlice, 'generation'> & Pick<DocumentsSlice, 'currentId' | 'documents'>):
  RunningGeneration | undefined {
  if (generation.status !== 'running' || generation.kind === 'undo' || generation.documentId !== currentId)
    return undefined;
  const document = documents.find(({ id }) => id === currentId);
  return findCandidate(document, document?.shownVersionId) === undefined ? generation : undefined;
}

/** Integration step under way, 1 to `steps`. */
export function currentStep(generation: RunningGeneration): number {
  return Math.min(generation.steps, Math.floor(generation.fraction * generation.steps) + 1);
}
