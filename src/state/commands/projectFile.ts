/** Projects as files: handed to the user, and taken in again. */

import { inSlices } from '../../imaging/slices';
import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import type { OpenableFile } from '../services';
import type { Studio } from '../studio';
import { fileStem } from '../exportIdentity';
import { packProject, unpackProject } from '../project/pack';
import { projectTitle, takeSnapshot } from '../project/snapshot';
import { whyNotLeave } from './leave';
import { adoptProject, attempt } from './projects';

export const PROJECT_FILE_EXTENSION = '.counterpart';
const MEDIA_TYPE = 'application/vnd.counterpart.project+zip';

export function isProjectFile({ name }: Pick<OpenableFile, 'name'>): boolean {
  return name.toLowerCase().endsWith(PROJECT_FILE_EXTENSION);
}

export async function saveProjectFile(studio: Studio): Promise<void> {
  await attempt(studio, notices.projectNotSaved(), errors.savingProjectFile(), async () => {
    const state = studio.store.getState();
    const packed = await packProject({ ...takeSnapshot(state), jobs: [] });
    // Fetched when first needed.
    const { writeProjectFile } = await import('../project/projectFile');
    studio.services.save(await writeProjectFile(packed), `${fileStem(projectTitle(state), 'project')}${PROJECT_FILE_EXTENSION}`, MEDIA_TYPE);
  });
}

/** The open project is kept and makes way for the file's; when the file cannot be opened, it stays. */
export async function openProjectFile(studio: Studio, file: OpenableFile): Promise<void> {
  const { store } = studio;
  const reason = whyNotLeave(store.getState());
  if (reason !== undefined) {
    store.getState().notify({ tone: 'warning', title: notices.notOpenedBecause({ name: file.name, why: reason }), problems: [] });
    return;
  }
  store.getState().setOpening([file.name]);
  await attempt(studio, notices.notOpened({ name: file.name }), errors.openingFile({ name: file.name }), async () => {
    const { readProjectFile } = await import('../project/projectFile');
    const { text, blobs } = await readProjectFile(await file.bytes(), file.name);
    const snapshot = await inSlices(unpackProject(text, blobs, file.name));
    store.getState().setOpening([]);
    await adoptProject(studio, snapshot);
  });
  store.getState().setOpening([]);
}
