import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageFullError } from '../../record/project/errors';
import { keepSaved, saveProject } from '../project/saveProject';
import { loadImage } from '../../record/pixels/storedCounterfactual';
import { currentDocument } from '../slices/documents';
import { fakeCounterfactual, fakeFile, fakeStudio } from '../testing/fakes';
import { MemoryDisk, MemoryProjectStorage } from '../testing/memoryProjectStorage';
import { versionTitle } from '../../record/versionTree';
import { generate } from './generate';
import { makeAgain } from './interrupted';
import { openFiles } from './openFiles';
import { openProjectFile, saveProjectFile } from './projectFile';
import { deleteProject, handOverProject, openProject, resumeProject, startProject } from './projects';
import { setSeverity, typeText } from './request';
import { startEngine } from './startEngine';
import { editVersion, renameVersion } from './versions';

/** A page over a disk that other pages share. */
async function page(disk: MemoryDisk, overrides: Parameters<typeof fakeStudio>[0] = {}, open?: string) {
  const storage = new MemoryProjectStorage(disk, open);
  const studio = fakeStudio({ projects: storage, ...overrides });
  await startEngine(studio);
  await resumeProject(studio);
  keepSaved(studio);
  return { studio, storage, state: () => studio.store.getState() };
}

type Page = Awaited<ReturnType<typeof page>>;

async function work({ studio }: Page) {
  await openFiles(studio, [fakeFile('chest.png')]);
  typeText(studio, 'severe right lower zone opacity');
  await generate(studio);
  await saveProject(studio);
}

/** Locks end with the page that holds them. */
function crash(disk: MemoryDisk): void {
  disk.held.clear();
}

const pixels = ({ state }: Page) =>
  Promise.all((currentDocument(state())?.versions ?? []).map(async (each) => [...(await loadImage(each)).pixels]));

describe('a page that has given its project to the next', () => {
  it('writes it no more and says so, so that there are never two writers', async () => {
    const disk = new MemoryDisk();
    const old = await page(disk);
    await work(old);
    handOverProject(old.studio);
    const next = await page(disk, {}, old.state().project.id);
    expect(next.state().project.id).toBe(old.state().project.id);
    setSeverity(next.studio, 1);
    await saveProject(next.studio);
    setSeverity(old.studio, 3);
    expect(await saveProject(old.studio)).toMatchObject({ status: 'failed', problem: { code: 'project-handed-over' } });
    expect(old.state().saveState.status).toBe('failed');
    crash(disk);
    const after = await page(disk, {}, old.state().project.id);
    expect(currentDocument(after.state())?.request).toEqual(currentDocument(next.state())?.request);
  });
});

describe('a page that is left', () => {
  let disk: MemoryDisk;
  beforeEach(() => {
    disk = new MemoryDisk();
  });

  it('comes back as it was: radiograph, request, undo, versions, what is shown and how it is compared', async () => {
    const before = await page(disk);
    await work(before);
    renameVersion(
      before.studio,
      'radiograph chest.png',
      currentDocument(before.state())?.versions[0]?.id ?? '',
      'Worse below',
    );
    setSeverity(before.studio, 1.5);
    before.state().setComparison('difference');
    await saveProject(before.studio);
    crash(disk);
    const after = await page(disk);
    const [was, is] = [currentDocument(before.state()), currentDocument(after.state())];
    expect(is?.request).toEqual(was?.request);
    expect(is?.history.past.map(({ label }) => label)).toEqual(was?.history.past.map(({ label }) => label));
    expect(is?.versions.map(versionTitle)).toEqual(['Worse below']);
    expect(is?.shownVersionId).toBe(was?.shownVersionId);
    expect(is?.analysis.status).toBe('ready');
    expect(await pixels(after)).toEqual(await pixels(before));
    expect(after.state().comparison).toBe('difference');
    expect(after.state().saveState.status).toBe('saved');
  });

  it('saves by itself, and writes nothing when nothing has changed', async () => {
    const { studio, storage } = await page(disk);
    await openFiles(studio, [fakeFile('chest.png')]);
    await vi.waitFor(
      () => {
        expect(disk.projects.size).toBe(1);
      },
      { timeout: 5000 },
    );
    await vi.waitFor(
      () => {
        expect(studio.store.getState().saveState.status).toBe('saved');
      },
      { timeout: 5000 },
    );
    const { writes } = storage;
    await saveProject(studio);
    expect(storage.writes).toBe(writes);
  });

  it('offers what it was making, and makes it again as it was asked for', async () => {
    const before = await page(disk, { worker: { generate: () => new Promise(() => undefined) } });
    await openFiles(before.studio, [fakeFile('chest.png')]);
    typeText(before.studio, 'severe right lower zone opacity');
    void generate(before.studio);
    await vi.waitFor(() => {
      expect(before.state().generation.status).toBe('running');
    });
    typeText(before.studio, 'mild left upper zone nodule');
    await saveProject(before.studio);
    crash(disk);
    const after = await page(disk);
    expect(after.state().interrupted.map(({ label }) => label)).toEqual(['severe right lower zone opacity']);
    await makeAgain(after.studio);
    const document = currentDocument(after.state());
    expect(document?.versions.map(({ label }) => label)).toEqual(['severe right lower zone opacity']);
    expect(document?.request.text).toBe('mild left upper zone nodule');
    expect(after.state().interrupted).toEqual([]);
  });
});

describe('two tabs', () => {
  it('do not share a project: the second begins a new one and says why', async () => {
    const disk = new MemoryDisk();
    const first = await page(disk);
    await work(first);
    const second = await page(disk);
    expect(second.state().documents).toEqual([]);
    expect(second.state().notices).toMatchObject([{ tone: 'warning', problems: [{ code: 'project-open-elsewhere' }] }]);
    await openFiles(second.studio, [fakeFile('other.png')]);
    await saveProject(second.studio);
    expect([...disk.projects.values()].map(({ summary }) => summary.title).sort()).toEqual(['chest.png', 'other.png']);
  });

  it('cannot open or delete what the other has open', async () => {
    const disk = new MemoryDisk();
    const first = await page(disk);
    await work(first);
    const { id } = first.state().project;
    const second = await page(disk);
    await openProject(second.studio, id);
    await deleteProject(second.studio, id);
    expect(second.state().documents).toEqual([]);
    expect(disk.projects.has(id)).toBe(true);
    expect(second.state().notices.filter(({ tone }) => tone === 'error')).toHaveLength(2);
  });
});

describe('a full disk', () => {
  it('is said once with what to do, work goes on, and it is saved when there is room again', async () => {
    const { studio, storage, state } = await page(new MemoryDisk());
    storage.failure = new StorageFullError('');
    await openFiles(studio, [fakeFile('chest.png')]);
    await saveProject(studio);
    setSeverity(studio, 1);
    await saveProject(studio);
    expect(state().saveState).toMatchObject({ status: 'failed', problem: { code: 'storage-full' } });
    expect(state().notices.filter(({ title }) => title === 'The project is not saved')).toHaveLength(1);
    expect(state().notices[0]?.problems[0]?.advice).toMatch(/Save the project as a file/);
    storage.failure = undefined;
    setSeverity(studio, 2.5);
    await saveProject(studio);
    expect(state().saveState.status).toBe('saved');
  });
});

describe('projects beside each other', () => {
  it('are left for a new one and found again', async () => {
    const disk = new MemoryDisk();
    const only = await page(disk);
    await work(only);
    const { id } = only.state().project;
    await startProject(only.studio);
    expect(only.state().documents).toEqual([]);
    expect(only.state().project.id).not.toBe(id);
    await openProject(only.studio, id);
    expect(only.state().documents.map(({ radiograph }) => radiograph.name)).toEqual(['chest.png']);
    await deleteProject(only.studio, id);
    expect(only.state().documents).toEqual([]);
    expect(disk.projects.size).toBe(0);
  });

  it('are not left while a counterfactual is being made', async () => {
    const { studio, state } = await page(new MemoryDisk(), {
      worker: { generate: () => new Promise(() => undefined) },
    });
    await openFiles(studio, [fakeFile('chest.png')]);
    typeText(studio, 'severe right lower zone opacity');
    void generate(studio);
    await vi.waitFor(() => {
      expect(state().generation.status).toBe('running');
    });
    const { id } = state().project;
    await startProject(studio);
    await deleteProject(studio, id);
    expect(state().project.id).toBe(id);
    expect(state().documents).toHaveLength(1);
  });

  it('travel as files, and become projects of their own', async () => {
    const saved: Uint8Array[] = [];
    const disk = new MemoryDisk();
    const only = await page(disk, { save: (bytes) => saved.push(bytes) });
    await work(only);
    await saveProjectFile(only.studio);
    const before = { id: only.state().project.id, pixels: await pixels(only) };
    const [bytes] = saved;
    if (bytes === undefined) throw new Error('a file was saved');
    await openFiles(only.studio, [{ name: 'work.counterpart', bytes: () => Promise.resolve(bytes) }]);
    expect(only.state().project.id).not.toBe(before.id);
    expect(await pixels(only)).toEqual(before.pixels);
    await saveProject(only.studio);
    expect(disk.projects.size).toBe(2);
  });

  it('stay open when a file cannot be opened, which is named', async () => {
    const { studio, state } = await page(new MemoryDisk());
    await openFiles(studio, [fakeFile('chest.png')]);
    const { id } = state().project;
    await openProjectFile(studio, {
      name: 'broken.counterpart',
      bytes: () => Promise.resolve(new Uint8Array([1, 2, 3])),
    });
    expect(state().project.id).toBe(id);
    expect(state().documents).toHaveLength(1);
    expect(state().notices).toMatchObject([
      { tone: 'error', title: 'broken.counterpart was not opened', problems: [{ code: 'project-file-foreign' }] },
    ]);
  });
});

describe('editing a result', () => {
  it('makes a child of it: made from its pixels, compared with them, its sibling next', async () => {
    const bases: string[] = [];
    const { studio, state } = await page(new MemoryDisk(), {
      worker: {
        generate: (source, edit, { seed }) => {
          bases.push(source.id);
          return Promise.resolve(fakeCounterfactual(source, edit, seed));
        },
      },
    });
    await openFiles(studio, [fakeFile('chest.png')]);
    typeText(studio, 'severe right lower zone opacity');
    await generate(studio);
    const parent = currentDocument(state())?.versions[0];
    await editVersion(studio, 'radiograph chest.png', parent?.id ?? '');
    await generate(studio);
    await generate(studio);
    const versions = currentDocument(state())?.versions ?? [];
    expect(versions.map(({ parentId }) => parentId)).toEqual([undefined, parent?.id, parent?.id]);
    expect(bases).toEqual(['radiograph chest.png', parent?.counterfactual.image.id, parent?.counterfactual.image.id]);
    expect(versions.map(({ changedOutside }) => changedOutside)).toEqual([0, 0, 0]);
  });
});
