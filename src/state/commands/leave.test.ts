import { describe, expect, it, vi } from 'vitest';
import { StorageFullError } from '../../record/project/errors';
import { saveProject } from '../project/saveProject';
import { fakeFile } from '../testing/fakes';
import { MemoryDisk } from '../testing/memoryProjectStorage';
import { openPage, work, type Page } from '../testing/page';
import { answerLeaveQuestion, mayLeave } from './leave';
import { openFiles } from './openFiles';
import { openProjectFile, saveProjectFile } from './projectFile';
import { openProject, startProject } from './projects';
import { setSeverity } from './request';

const names = ({ state }: Page) => state().documents.map(({ radiograph }) => radiograph.name);
const asked = ({ state }: Page) =>
  vi.waitFor(() => {
    expect(state().leaveQuestion).toMatchObject({ code: 'storage-full' });
  });

/** Two projects, the second of them open with work that no longer fits on the disk. */
async function fullDisk() {
  const saved: Uint8Array[] = [];
  const page = await openPage(new MemoryDisk(), {
    save: (bytes) => {
      saved.push(bytes);
    },
  });
  await openFiles(page.studio, [fakeFile('first.png')]);
  await saveProject(page.studio);
  await saveProjectFile(page.studio);
  const first = page.state().project.id;
  await startProject(page.studio);
  page.storage.failure = new StorageFullError('');
  await work(page, 'hours of work.png');
  await saveProject(page.studio);
  const file = { name: 'first.counterpart', bytes: () => Promise.resolve(saved[0] ?? new Uint8Array()) };
  return { page, first, file };
}

const WAYS: readonly (readonly [string, (given: Awaited<ReturnType<typeof fullDisk>>) => Promise<void>])[] = [
  ['beginning a project', ({ page }) => startProject(page.studio)],
  ['opening a stored project', ({ page, first }) => openProject(page.studio, first)],
  ['opening a project’s file', ({ page, file }) => openProjectFile(page.studio, file)],
];

describe('a project that the disk has no room for', () => {
  it.each(WAYS)('stays with all its work when %s and the user stays', async (_, leave) => {
    const given = await fullDisk();
    const { page } = given;
    const leaving = leave(given);
    await asked(page);
    expect(names(page)).toEqual(['hours of work.png']);
    answerLeaveQuestion(page.studio, false);
    await leaving;
    expect(names(page)).toEqual(['hours of work.png']);
    expect(page.document().versions).toHaveLength(1);
    expect(page.state().leaveQuestion).toBeUndefined();
  });

  it.each(WAYS)('makes way when %s and the user gives it up', async (_, leave) => {
    const given = await fullDisk();
    const leaving = leave(given);
    await asked(given.page);
    answerLeaveQuestion(given.page.studio, true);
    await leaving;
    expect(names(given.page)).not.toContain('hours of work.png');
  });

  it('is saved and left without a question once there is room', async () => {
    const { page, first } = await fullDisk();
    page.storage.failure = undefined;
    await openProject(page.studio, first);
    expect(names(page)).toEqual(['first.png']);
    expect([...page.disk.projects.values()].map(({ summary }) => summary.title).sort()).toEqual([
      'first.png',
      'hours of work.png',
    ]);
  });

  it('asks one question however often it is to be left', async () => {
    const { page } = await fullDisk();
    const first = mayLeave(page.studio);
    await asked(page);
    const second = mayLeave(page.studio);
    expect(await first).toBe(false);
    answerLeaveQuestion(page.studio, true);
    expect(await second).toBe(true);
  });
});

describe('a project that is left while it is written', () => {
  it('takes along what changed meanwhile', async () => {
    const page = await openPage();
    await work(page);
    await saveProject(page.studio);
    const { id } = page.state().project;
    const { write } = page.storage;
    vi.spyOn(page.storage, 'write').mockImplementationOnce(async (...given) => {
      await write.apply(page.storage, given);
      setSeverity(page.studio, 1.25);
    });
    setSeverity(page.studio, 2.5);
    await startProject(page.studio);
    await openProject(page.studio, id);
    expect(page.document().request.severity).toBe(1.25);
  });
});
