/** Where a job's results go: a single one becomes a version at once, others wait as candidates until they are kept. */

import type { Counterfactual, Edit, Reversal } from '../../counterfactual/edit';
import type { SearchTrial } from '../../counterfactual/search/searchEdit';
import { inSlices } from '../../imaging/slices';
import * as notices from '../../messages/en/notices';
import { preparePixels } from '../../viewport/pixels/pyramid';
import { candidateSets, withCandidate, withCandidateChanged, withSet, withTrial } from '../../record/candidates';
import { countChangedOutside } from '../../counterfactual/receipt/outsideChange';
import { toStored } from '../../record/pixels/storedCounterfactual';
import type { Job } from '../../record/job';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import {
  findVersion,
  baseImageNow,
  loadBaseImage,
  showing,
  withVersion,
  type StudioDocument,
  type Version,
} from '../../record/studioDocument';
import { thumbnailInSlices } from '../../record/thumbnail';

/** Counting and shrinking go through every pixel: in slices, so that the page stays alive. */
async function toVersion(document: StudioDocument, job: Job, counterfactual: Counterfactual): Promise<Version> {
  const base = findVersion(document, job.baseVersionId);
  const { image, mask } = counterfactual;
  const thumbnail = await inSlices(thumbnailInSlices(image));
  const from = { ...document, baseVersionId: job.baseVersionId };
  const source = baseImageNow(from) ?? (await loadBaseImage(from));
  const changedOutside = await inSlices(countChangedOutside(source, image, mask));
  // For the viewer, which would else do it while it draws.
  await inSlices(preparePixels(image));
  return {
    id: counterfactual.image.id,
    parentId: base?.id,
    counterfactual: toStored(counterfactual),
    thumbnail,
    label: job.label,
    name: undefined,
    pinned: false,
    changedOutside,
    analysis: { status: 'waiting' },
  };
}

/** A set of results comes to the screen with its first; later ones wait in the strip, so that nobody is taken away from one. */
function withResult(document: StudioDocument, job: Job, version: Version): StudioDocument {
  if (job.kind === 'single' || job.kind === 'undo') return withVersion(document, version);
  const { id, kind, label } = job;
  const open = withSet(document, { id, kind, label, asked: job.parts.length, items: [], trials: [] });
  const isFirst = candidateSets(open).every((set) => set.id !== id || set.items.length === 0);
  const grown = withCandidate(open, id, version);
  return isFirst ? showing(grown, version.id) : grown;
}

export async function deliver({ store }: Studio, job: Job, counterfactual: Counterfactual): Promise<void> {
  const document = store.getState().documents.find(({ id }) => id === job.documentId);
  if (document === undefined) return;
  const version = await toVersion(document, job, counterfactual);
  const state = store.getState();
  state.updateDocument(job.documentId, 'made', (open) => withResult(open, job, version));
  if (counterfactual.changedPixels > 0) announce(state, job, counterfactual);
  else if (job.kind === 'single') state.notify({ tone: 'warning', title: notices.nothingChanged(), problems: [] });
}

function announce(state: StudioState, job: Job, { milliseconds }: Counterfactual): void {
  if (job.kind !== 'search') state.setLastEdit(milliseconds);
  if (state.currentId === job.documentId && state.comparison === 'source') state.setComparison('counterfactual');
}

export function deliverTrial({ store }: Studio, job: Job, trial: SearchTrial): void {
  const { id, label } = job;
  store
    .getState()
    .updateDocument(job.documentId, 'made', (open) =>
      withTrial(withSet(open, { id, kind: 'search', label, asked: 1, items: [], trials: [] }), id, trial),
    );
}

/** The receipt of a result, with what was measured by taking the edit back. */
export function deliverReversal(
  { store }: Studio,
  { documentId, resultId }: Job,
  reversal: Reversal | undefined,
): void {
  if (reversal === undefined || resultId === undefined) return;
  const measured = (version: Version): Version => {
    const { counterfactual } = version;
    if (version.id !== resultId || counterfactual.measures === undefined) return version;
    return { ...version, counterfactual: { ...counterfactual, measures: { ...counterfactual.measures, reversal } } };
  };
  store.getState().updateDocument(documentId, 'derived', (open) => {
    const versions = { ...open, versions: open.versions.map(measured) };
    return withCandidateChanged(versions, resultId, measured);
  });
}

/** How those results change the picture that a search shall keep away from: pinned and kept ones of the same request. */
export function acceptedChanges(document: StudioDocument, { kind, finding }: Edit): readonly Float32Array[] {
  const pinned = candidateSets(document).flatMap(({ items }) => items.filter((item) => item.pinned));
  return [...document.versions, ...pinned].flatMap(({ counterfactual: { recipe, measures } }) =>
    recipe.edit.kind === kind && recipe.edit.finding === finding && measures !== undefined ? [measures.change] : [],
  );
}
