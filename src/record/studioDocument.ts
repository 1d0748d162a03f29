/** An open radiograph with its workspace: what is asked of it, the mask, what can be undone, and what came of it. Pure. */

import { isMaskEmpty } from '../imaging/mask';
import type { Mask, Radiograph, RadiographFacts } from '../imaging/radiograph';
import * as reasons from '../messages/en/reasons';
import { percent } from '../messages/numbers';
import type { Analysis } from '../counterfactual/analysis';
import { findCandidate } from './candidates';
import type { EditRequest } from './editRequest';
import {
  EMPTY_HISTORY,
  record,
  requestDelta,
  stepBack,
  stepForward,
  withoutFuture,
  type History,
  type Step,
  type Stepped,
} from './history/history';
import type { Box } from './history/maskDelta';
import { applyMasksDelta, masksDelta } from './history/masksDelta';
import {
  applyTreeDelta,
  markDelta,
  removalDelta,
  renewed,
  withAddedVersion,
  type TreeDelta,
  type VersionMarks,
} from './history/treeDelta';
import { NO_MASKS, withActivePixels, type MaskSet } from './masks/namedMasks';
import { imageNow, loadImage } from './pixels/storedCounterfactual';
import type { Thumbnail } from './thumbnail';
import type { AnalysisState, Version } from './version';
import type { VersionTree } from './versionTree';

export type { AnalysisState, Version };

/** `masks`, `activeMaskId` and `mask` (the pixels of the one in use) belong together: see masks/namedMasks. */
export interface StudioDocument extends MaskSet, VersionTree {
  readonly id: string;
  readonly radiograph: Radiograph;
  readonly thumbnail: Thumbnail;
  readonly analysis: AnalysisState;
  /** Why this does not look like a frontal chest radiograph; undefined when it does, or is not known yet. */
  readonly frontalDoubt: string | undefined;
  /** The user wants to go on all the same. */
  readonly acceptedAsFrontal: boolean;
  readonly request: EditRequest;
  readonly history: History;
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
    ...NO_MASKS,
    history: EMPTY_HISTORY,
    versions: [],
    baseVersionId: undefined,
    shownVersionId: undefined,
  };
}

/** A version of the tree, or a candidate. */
export function findVersion(
  document: Pick<StudioDocument, 'versions' | 'candidates'> | undefined,
  id: string | undefined,
): Version | undefined {
  return document?.versions.find((version) => version.id === id) ?? findCandidate(document, id);
}

export function shownVersion(document: StudioDocument | undefined): Version | undefined {
  return findVersion(document, document?.shownVersionId);
}

type Based = Pick<StudioDocument, 'radiograph' | 'versions' | 'candidates' | 'baseVersionId'>;

function baseVersion(document: Based): Version | undefined {
  return findVersion(document, document.baseVersionId);
}

/** What is known of what the next edit starts from, and a shown result is compared with. */
export function baseFacts(document: StudioDocument): RadiographFacts {
  return baseVersion(document)?.counterfactual.image ?? document.radiograph;
}

/** Its picture; undefined while its pixels are only in storage. */
export function baseImageNow(document: Based): Radiograph | undefined {
  const version = baseVersion(document);
  return version === undefined ? document.radiograph : imageNow(version);
}

/** Its picture. @throws PixelsLostError */
export async function loadBaseImage(document: Based): Promise<Radiograph> {
  const version = baseVersion(document);
  return version === undefined ? document.radiograph : loadImage(version);
}

/** How far the reading of the base is. */
export function baseAnalysis(document: StudioDocument): AnalysisState {
  return findVersion(document, document.baseVersionId)?.analysis ?? document.analysis;
}

/** What was read in the base. */
export function analysisOf(document: StudioDocument | undefined): Analysis | undefined {
  const state = document === undefined ? undefined : baseAnalysis(document);
  return state?.status === 'ready' ? state.analysis : undefined;
}

/** A result beside what it was made from, so that edits make its siblings; without a version the radiograph. */
export function showing(document: StudioDocument, versionId: string | undefined): StudioDocument {
  const version = findVersion(document, versionId);
  return { ...document, shownVersionId: version?.id, baseVersionId: version?.parentId };
}

/** The version takes the place of the source: edits make its children. */
export function basedOn(document: StudioDocument, versionId: string): StudioDocument {
  const version = findVersion(document, versionId);
  return version === undefined ? document : { ...document, shownVersionId: undefined, baseVersionId: version.id };
}

/**
 * The document with another result, shown. The same recipe gives the same image: it is shown again, not listed twice. A new one
 * is no step to undo, but it ends what could be redone, as whatever is done after an undo does.
 */
export function withVersion(document: StudioDocument, version: Version): StudioDocument {
  if (document.versions.some(({ id }) => id === version.id)) return showing(document, version.id);
  return showing({ ...withAddedVersion(document, version), history: withoutFuture(document.history) }, version.id);
}

/** Below this belief of the anatomist a user has to confirm. */
const FRONTAL = 0.5;

export function withAnalysis(document: StudioDocument, analysis: Analysis): StudioDocument {
  const { frontalChest } = analysis;
  const frontalDoubt =
    frontalChest < FRONTAL
      ? reasons.notFrontal({ name: document.radiograph.name, share: percent(frontalChest) })
      : undefined;
  return { ...document, analysis: { status: 'ready', analysis }, frontalDoubt };
}

/** How far the reading of a version is, or of the radiograph. */
export function withAnalysisState(
  document: StudioDocument,
  versionId: string | undefined,
  analysis: AnalysisState,
): StudioDocument {
  if (versionId === undefined) {
    return analysis.status === 'ready' ? withAnalysis(document, analysis.analysis) : { ...document, analysis };
  }
  return {
    ...document,
    versions: document.versions.map((version) => (version.id === versionId ? { ...version, analysis } : version)),
  };
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

/**
 * The document with other pixels in the mask in use, as one step to undo. An empty mask is no mask.
 * @param within the box outside which nothing changed, where that is known
 */
export function withMask(
  document: StudioDocument,
  mask: Mask | undefined,
  label: string,
  within?: Box,
): StudioDocument {
  const painted = mask === undefined || isMaskEmpty(mask) ? undefined : mask;
  return withMasks(document, withActivePixels(document, painted), label, within);
}

/** The document with other named masks, as one step to undo; showing and hiding is none. */
export function withMasks(
  document: StudioDocument,
  { masks, activeMaskId, mask }: MaskSet,
  label: string,
  within?: Box,
): StudioDocument {
  const set = { masks, activeMaskId, mask };
  const delta = masksDelta(document, set, within);
  const changed = { ...document, ...set };
  return delta === undefined
    ? changed
    : { ...changed, history: record(document.history, { kind: 'mask', label, delta }) };
}

/** The document with one version named, pinned or unpinned, as one step to undo. */
export function withMarks(
  document: StudioDocument,
  id: string,
  marks: Partial<VersionMarks>,
  label: string,
): StudioDocument {
  return withTree(document, markDelta(document, id, marks), label);
}

/** The document without a version and all that was made from it, as one step to undo. */
export function withoutVersion(document: StudioDocument, id: string): StudioDocument {
  return withTree(document, removalDelta(document, id), 'Delete version');
}

function withTree(document: StudioDocument, delta: TreeDelta | undefined, label: string): StudioDocument {
  if (delta === undefined) return document;
  return {
    ...applyTreeDelta(document, delta, 'after'),
    history: record(document.history, { kind: 'tree', label, delta }),
  };
}

function apply(document: StudioDocument, step: Step, direction: 'before' | 'after', history: History): StudioDocument {
  switch (step.kind) {
    case 'mask':
      return { ...document, history, ...applyMasksDelta(document, step.delta, direction) };
    case 'request':
      return { ...document, history, request: { ...document.request, ...step.delta[direction] } };
    case 'tree':
      return { ...applyTreeDelta(document, step.delta, direction), history };
  }
}

/** The step as it is done now, with the past that remembers it so. */
function renewedStep(document: StudioDocument, { step, history }: Stepped): Stepped | undefined {
  if (step.kind !== 'tree') return { step, history };
  const delta = renewed(document, step.delta);
  if (delta === undefined) return undefined;
  const fresh = { ...step, delta };
  return { step: fresh, history: { ...history, past: [...history.past.slice(0, -1), fresh] } };
}

export function undone(document: StudioDocument): StudioDocument {
  const back = stepBack(document.history);
  return back === undefined ? document : apply(document, back.step, 'before', back.history);
}

export function redone(document: StudioDocument): StudioDocument {
  const forward = stepForward(document.history);
  if (forward === undefined) return document;
  const fresh = renewedStep(document, forward);
  // What it removed is gone by now: the step has nothing to do and is dropped, with those that built on it.
  return fresh === undefined
    ? { ...document, history: withoutFuture(document.history) }
    : apply(document, fresh.step, 'after', fresh.history);
}
