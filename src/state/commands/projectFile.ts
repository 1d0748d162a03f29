/** Projects as files: handed to the user, and taken in again. */

import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import type { OpenableFile } from '../services';
import type { Studio } from '../studio';
import { fileStem } from '../exportIdentity';
import { packProject, unpackProject, type PackedProject } from '../../record/project/pack';
import { withThumbnails } from '../../record/project/thumbnailAnew';
import { bytesSource } from '../../record/project/zipEntries';
import { repairProject } from '../../record/project/repair';
import { tellLosses } from '../project/tellLosses';
import { projectTitle, takeSnapshot } from '../../record/project/snapshot';
import { whyNotLeave } from './leave';
import { adoptProject, attempt } from './projects';

export const PROJECT_FILE_EXTENSION = '.counterpart';
const MEDIA_TYPE = 'application/vnd.counterpart.project+zip';

export function isProjectFile({ name }: Pick<OpenableFile, 'name'>): boolean {
  return name.toLowerCase().endsWith(PROJECT_FILE_EXTENSION);
}

/** Fetched when first needed. */
async function fileOf(packed: PackedProject, title: string): Promise<Uint8Array> {
  const { writeProjectFile } = await import('../../record/project/projectFile');
  return writeProjectFile(packed, title);
}

async function openAsFile({ store }: Studio): Promise<Uint8Array> {
  const state = store.getState();
  const title = projectTitle(state);
  const { project, losses } = await withThumbnails(repairProject({ ...takeSnapshot(state), jobs: [] }, title));
  const bytes = await fileOf(await packProject(project), title);
  tellLosses(store, losses);
  return bytes;
}

function handOut({ store, services }: Studio, bytes: Uint8Array): void {
  services.save(bytes, `${fileStem(projectTitle(store.getState()), 'project')}${PROJECT_FILE_EXTENSION}`, MEDIA_TYPE);
}

export async function saveProjectFile(studio: Studio): Promise<void> {
  await attempt(studio, notices.projectNotSaved(), errors.savingProjectFile(), async () => {
    handOut(studio, await openAsFile(studio));
  });
}

/** Hands out what is open or, where that cannot be packed any more, what is kept of it. @throws when neither can be had */
export async function saveCopy(studio: Studio): Promise<void> {
  const { store, services } = studio;
  const { id } = store.getState().project;
  handOut(
    studio,
    await openAsFile(studio).catch(async () =>
      fileOf(await services.projects.read(id), projectTitle(store.getState())),
    ),
  );
}

/** The open project is kept and makes way for the file's; when the file cannot be opened, it stays. */
export async function openProjectFile(studio: Studio, file: OpenableFile): Promise<void> {
  const { store } = studio;
  const reason = whyNotLeave(store.getState());
  if (reason !== undefined) {
    store
      .getState()
      .notify({ tone: 'warning', title: notices.notOpenedBecause({ name: file.name, why: reason }), problems: [] });
    return;
  }
  store.getState().setOpening([file.name]);
  await attempt(studio, notices.notOpened({ name: file.name }), errors.openingFile({ name: file.name }), async () => {
    const { readProjectFile } = await import('../../record/project/projectFile');
    const { text, blobs } = await readProjectFile(file.ranges ?? bytesSource(await file.bytes()), file.name);
    const { project, losses } = await unpackProject(text, blobs, file.name);
    store.getState().setOpening([]);
    await adoptProject(studio, project, losses);
  });
  store.getState().setOpening([]);
}
