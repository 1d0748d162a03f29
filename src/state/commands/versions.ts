/** What can be done with a version beside looking at it. Each change is one step to undo. */

import * as notices from '../../messages/en/notices';
import * as reasons from '../../messages/en/reasons';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import { basedOn, findVersion, withMarks, withoutVersion, type StudioDocument } from '../../record/studioDocument';
import { branchOf, versionTitle } from '../../record/versionTree';
import { analyseDocument } from './analyseDocument';

/** As long as a line of the tree can show with its tooltip. */
export const MAX_VERSION_NAME = 120;

function documentOf({ store }: Studio, documentId: string): StudioDocument | undefined {
  return store.getState().documents.find(({ id }) => id === documentId);
}

/** The version takes the source's place on the screen: edits from now on start from it, and its results are its children. */
export async function editVersion(studio: Studio, documentId: string, versionId: string): Promise<void> {
  const { store } = studio;
  if (findVersion(documentOf(studio, documentId), versionId) === undefined) return;
  store.getState().showDocument(documentId);
  store.getState().updateDocument(documentId, 'transient', (document) => basedOn(document, versionId));
  store.getState().setComparison('source');
  await analyseDocument(studio, documentId);
}

/** An empty name gives back the request's words. */
export function renameVersion({ store }: Studio, documentId: string, versionId: string, name: string): void {
  const trimmed = name.trim().slice(0, MAX_VERSION_NAME);
  store.getState().updateDocument(documentId, 'undoable', (document) => {
    const given = trimmed === '' || trimmed === findVersion(document, versionId)?.label ? undefined : trimmed;
    return withMarks(document, versionId, { name: given }, 'Rename version');
  });
}

export function togglePinned({ store }: Studio, documentId: string, versionId: string): void {
  store.getState().updateDocument(documentId, 'undoable', (document) => {
    const pinned = findVersion(document, versionId)?.pinned === true;
    return withMarks(document, versionId, { pinned: !pinned }, pinned ? 'Unpin version' : 'Pin version');
  });
}

/** Deletes a version and what was made from it, and says how many went and how they come back. */
export function deleteVersion(studio: Studio, documentId: string, versionId: string): void {
  const document = documentOf(studio, documentId);
  const version = findVersion(document, versionId);
  if (
    document === undefined ||
    version === undefined ||
    whyNotDelete(studio.store.getState(), document, versionId) !== undefined
  )
    return;
  const others = branchOf(document.versions, versionId).size - 1;
  const { updateDocument, notify } = studio.store.getState();
  updateDocument(documentId, 'undoable', (open) => withoutVersion(open, versionId));
  const title = versionTitle(version);
  notify({
    tone: 'success',
    title: others === 0 ? notices.versionDeleted({ title }) : notices.branchDeleted({ title, count: others }),
    problems: [],
  });
}

/** Why a version cannot be deleted now, in words; undefined when it can. */
export function whyNotDelete(
  { jobs }: Pick<StudioState, 'jobs'>,
  document: StudioDocument,
  versionId: string,
): string | undefined {
  const branch = branchOf(document.versions, versionId);
  const needed = jobs.some(
    ({ job: { documentId, baseVersionId } }) =>
      documentId === document.id && baseVersionId !== undefined && branch.has(baseVersionId),
  );
  return needed ? reasons.generatingFromIt() : undefined;
}
