/** What can be done with candidates: look, pin, compare, keep as versions, drop. */

import type { Recipe, SamplingOptions } from '../../counterfactual/edit';
import type { Mask } from '../../imaging/radiograph';
import {
  candidateSets,
  findCandidate,
  setOf,
  withCandidateChanged,
  shownSet,
  withoutCandidates,
  withoutSet,
  type Candidate,
} from '../../record/candidates';
import { newJobId } from '../../record/job';
import { samplingFor } from '../release';
import { currentDocument } from '../slices/documents';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import { findVersion, showing, withVersion, type StudioDocument } from '../../record/studioDocument';
import { loadMask, maskNow } from '../../record/pixels/storedCounterfactual';
import { cancelJob, enqueue } from './queue';

/** The candidate on the screen. */
export function shownCandidate(state: Pick<StudioState, 'documents' | 'currentId'>): Candidate | undefined {
  const document = currentDocument(state);
  return findCandidate(document, document?.shownVersionId);
}

export function showSet({ store }: Studio, setId: string): void {
  store.getState().updateCurrent('transient', (document) => ({ ...document, shownSetId: setId }));
}

export function showCandidate({ store }: Studio, id: string): void {
  const state = store.getState();
  state.updateCurrent('transient', (document) => {
    const set = setOf(document, id);
    return { ...showing(document, id), ...(set === undefined ? {} : { shownSetId: set.id }) };
  });
  if (state.comparison === 'source') state.setComparison('counterfactual');
}

/** The next (1) or the one before (-1) in the same set; the ends hold. */
export function stepCandidate(studio: Studio, by: -1 | 1): void {
  const document = currentDocument(studio.store.getState());
  const items = shownSet(document)?.items ?? [];
  const at = items.findIndex(({ id }) => id === document?.shownVersionId);
  const next = at < 0 ? items[0] : items[at + by];
  if (next !== undefined) showCandidate(studio, next.id);
}

/** A candidate becomes a version of the tree. */
export function keepCandidate({ store }: Studio, id: string): void {
  store.getState().updateCurrent('made', (document) => {
    const candidate = findCandidate(document, id);
    if (candidate === undefined) return document;
    return withVersion(
      withoutCandidates(document, (each) => each.id === id),
      { ...candidate, pinned: false },
    );
  });
}

export function pinCandidate({ store }: Studio, id: string): void {
  store
    .getState()
    .updateCurrent('transient', (document) =>
      withCandidateChanged(document, id, (each) => ({ ...each, pinned: !each.pinned })),
    );
}

/** Shows what is beside it in the strip, or what it was made from. */
function withoutShown(document: StudioDocument, goes: (candidate: Candidate) => boolean): StudioDocument {
  const items = setOf(document, document.shownVersionId)?.items ?? [];
  const at = items.findIndex(({ id }) => id === document.shownVersionId);
  const rest = withoutCandidates(document, goes);
  if (findVersion(rest, document.shownVersionId) !== undefined) return rest;
  const neighbour = [...items.slice(at + 1), ...items.slice(0, Math.max(0, at)).reverse()].find((each) => !goes(each));
  return neighbour === undefined ? { ...rest, shownVersionId: undefined } : showing(rest, neighbour.id);
}

export function discardCandidate({ store }: Studio, id: string): void {
  store.getState().updateCurrent('transient', (document) => withoutShown(document, (each) => each.id === id));
}

/** Drops a set but for what is pinned in it; its job, if it still runs, ends. */
export function discardSet(studio: Studio, setId: string): void {
  const { store } = studio;
  cancelJob(studio, setId);
  store.getState().updateCurrent('transient', (document) => {
    const set = candidateSets(document).find(({ id }) => id === setId);
    if (set === undefined) return document;
    const pinned = set.items.some((each) => each.pinned);
    const rest = withoutShown(document, (each) => !each.pinned && set.items.includes(each));
    return pinned ? rest : withoutSet(rest, setId);
  });
}

/** Side by side with the candidate on the screen; the same again ends it. */
export function compareCandidate({ store }: Studio, id: string): void {
  const { comparedId, comparison, setCompared, setComparison } = store.getState();
  const same = comparedId === id && comparison === 'sideBySide';
  setCompared(same ? undefined : id);
  setComparison(same ? 'counterfactual' : 'sideBySide');
}

/** Has the edit behind a result taken back, for its receipt. */
export async function measureUndo(studio: Studio, versionId: string): Promise<void> {
  const state = studio.store.getState();
  const document = currentDocument(state);
  const version = findVersion(document, versionId);
  if (document === undefined || version === undefined) return;
  const { recipe } = version.counterfactual;
  const { maskSha256, ...edit } = recipe.edit;
  const mask = maskSha256 === undefined ? {} : { mask: withoutRim(maskNow(version) ?? (await loadMask(version))) };
  await enqueue(studio, {
    id: newJobId(),
    kind: 'undo',
    documentId: document.id,
    baseVersionId: version.parentId,
    label: version.label,
    allowUncertain: true,
    parts: [{ edit: { ...edit, ...mask }, sampling: takenBackBy(state, recipe) }],
    done: 0,
    resultId: versionId,
  });
}

/** The painted mask of a result: its feathered one is full there, and less in the rim. */
function withoutRim({ data, ...size }: Mask): Mask {
  return { ...size, data: data.map((value) => (value === 255 ? 255 : 0)) };
}

/** What is told while an edit is taken back: its own settings, or where it was only drawn, those of a removal. */
function takenBackBy({ release }: StudioState, { sampling }: Recipe): SamplingOptions {
  return sampling.sampler === 'sketch' ? { ...sampling, ...samplingFor(release, 'remove') } : sampling;
}
