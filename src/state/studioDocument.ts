/** An open radiograph with its workspace: what is asked of it, the mask, what can be undone, and what came of it. Pure. */

import type { Counterfactual } from '../counterfactual/edit';
import type { Mask, Radiograph } from '../imaging/radiograph';
import type { Analysis } from '../worker/messages';
import type { EditRequest } from './editRequest';
import { EMPTY_HISTORY, record, requestDelta, stepBack, stepForward, type History, type Step } from './history/history';
import { applyMaskDelta, maskDelta } from './history/maskDelta';
import type { Problem } from './problem';
import type { Thumbnail } from './thumbnail';

export type AnalysisState =
  | { readonly status: 'waiting' }
  | { readonly status: 'running' }
  | { readonly status: 'ready'; readonly analysis: Analysis }
  | { readonly status: 'failed'; readonly problem: Problem };

export interface Version {
  readonly id: string;
  readonly counterfactual: Counterfactual;
  readonly thumbnail: Thumbnail;
  /** The request in words. */
  readonly label: string;
  /** Stored values that differ outside the mask, counted by the studio. */
  readonly changedOutside: number;
}

export interface StudioDocument {
  readonly id: string;
  readonly radiograph: Radiograph;
  readonly thumbnail: Thumbnail;
  readonly analysis: AnalysisState;
  /** Why this does not look like a frontal chest radiograph; undefined when it does, or is not known yet. */
  readonly frontalDoubt: string | undefined;
  /** The user wants to go on all the same. */
  readonly acceptedAsFrontal: boolean;
  readonly request: EditRequest;
  readonly mask: Mask | undefined;
  readonly history: History;
  /** Oldest first. */
  readonly versions: readonly Version[];
  readonly shownVersionId: string | undefined;
}

export function newDocument(radiograph: Radiograph, thumbnail: Thumbnail, request: EditRequest): StudioDocument {
  return {
    id: radiograph.id,
    radiograph,
    thumbnail,
    analysis: { status: 'waiting' },
    frontalDoubt: undefined,
    acceptedAsFrontal: false,
    request,
    mask: undefined,
    history: EMPTY_HISTORY,
    versions: [],
    shownVersionId: undefined,
  };
}

export function shownVersion(document: StudioDocument | undefined): Version | undefined {
  return document?.versions.find((version) => version.id === document.shownVersionId);
}

export function analysisOf(document: StudioDocument | undefined): Analysis | undefined {
  return document?.analysis.status === 'ready' ? document.analysis.analysis : undefined;
}

/** Below this belief of the anatomist a user has to confirm. */
const FRONTAL = 0.5;

export function withAnalysis(document: StudioDocument, analysis: Analysis): StudioDocument {
  const { frontalChest } = analysis;
  const frontalDoubt =
    frontalChest < FRONTAL
      ? `${document.radiograph.name} does not look like a frontal chest radiograph: the anatomist gives that ${String(Math.round(frontalChest * 100))} %.`
      : undefined;
  return { ...document, analysis: { status: 'ready', analysis }, frontalDoubt };
}

/** The doubt that the user has to confirm or heed before anything is generated. */
export function openDoubt(document: StudioDocument | undefined): string | undefined {
  return document?.acceptedAsFrontal === false ? document.frontalDoubt : undefined;
}

/**
 * The document with another request, as one step to undo.
 * @param control which control was used; repeats in quick succession are one step
 * @param at milliseconds of a monotonic clock
 */
export function withRequest(
  document: StudioDocument,
  request: EditRequest,
  { label, control, at }: { readonly label: string; readonly control: string; readonly at: number },
): StudioDocument {
  const delta = requestDelta(document.request, request);
  if (delta === undefined) return document;
  return { ...document, request, history: record(document.history, { kind: 'request', label, delta, control, at }) };
}

/** The document with another mask, as one step to undo. An empty mask is no mask. */
export function withMask(document: StudioDocument, mask: Mask | undefined, label: string): StudioDocument {
  const delta = maskDelta(document.mask, mask);
  if (delta === undefined) return document;
  return {
    ...document,
    mask: applyMaskDelta(document.mask, delta, 'after'),
    history: record(document.history, { kind: 'mask', label, delta }),
  };
}

function apply(document: StudioDocument, step: Step, direction: 'before' | 'after', history: History): StudioDocument {
  if (step.kind === 'mask') return { ...document, history, mask: applyMaskDelta(document.mask, step.delta, direction) };
  return { ...document, history, request: { ...document.request, ...step.delta[direction] } };
}

export function undone(document: StudioDocument): StudioDocument {
  const back = stepBack(document.history);
  return back === undefined ? document : apply(document, back.step, 'before', back.history);
}

export function redone(document: StudioDocument): StudioDocument {
  const forward = stepForward(document.history);
  return forward === undefined ? document : apply(document, forward.step, 'after', forward.history);
}
