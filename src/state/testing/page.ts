/** Pages of one browser: each with a store of its own, over a disk that they share. */

import { keepPixels } from '../commands/keepPixels';
import { keepRead } from '../commands/analyseDocument';
import { generate } from '../commands/generate';
import { openFiles } from '../commands/openFiles';
import { resumeProject } from '../commands/projects';
import { typeText } from '../commands/request';
import { startEngine } from '../commands/startEngine';
import { keepSaved } from '../project/saveProject';
import { currentDocument } from '../slices/documents';
import { fakeFile, fakeStudio } from './fakes';
import { MemoryDisk, MemoryProjectStorage } from './memoryProjectStorage';

export type Page = Awaited<ReturnType<typeof openPage>>;

/** A page that has started, taken up what the disk holds, and saves what changes. */
export async function openPage(disk = new MemoryDisk(), overrides: Parameters<typeof fakeStudio>[0] = {}) {
  const storage = new MemoryProjectStorage(disk);
  const studio = fakeStudio({ projects: storage, ...overrides });
  await startEngine(studio);
  await resumeProject(studio);
  keepRead(studio);
  keepPixels(studio);
  const stopSaving = keepSaved(studio);
  const state = () => studio.store.getState();
  const document = () => {
    const open = currentDocument(state());
    if (open === undefined) throw new Error('a radiograph is open');
    return open;
  };
  /** Locks end with the page that holds them. */
  const crash = () => {
    stopSaving();
    disk.held.clear();
  };
  return { studio, storage, disk, state, document, crash };
}

/** A radiograph with one result. */
export async function work({ studio }: Pick<Page, 'studio'>, file = 'chest.png'): Promise<void> {
  await openFiles(studio, [fakeFile(file)]);
  typeText(studio, 'severe right lower zone opacity');
  await generate(studio);
}
