import { afterEach, describe, expect, it } from 'vitest';
import { imageNow, loadCounterfactual } from '../../record/pixels/storedCounterfactual';
import { PIXEL_MEMORY_BYTES, pixelMemory } from '../../record/pixels/pixelMemory';
import { saveCounterfactual } from '../commands/export';
import { generate } from '../commands/generate';
import { saveProjectFile } from '../commands/projectFile';
import { setSeverity, typeText } from '../commands/request';
import { deleteVersion, editVersion } from '../commands/versions';
import { undo } from '../commands/mask';
import { shownResult } from '../shownResult';
import type { CounterfactualWorker } from '../services';
import { fakeCounterfactual } from '../testing/fakes';
import type { MemoryDisk } from '../testing/memoryProjectStorage';
import { openPage, work, type Page } from '../testing/page';
import { saveProject } from './saveProject';

afterEach(() => {
  pixelMemory.limit = PIXEL_MEMORY_BYTES;
});

/** Results that all differ, as those of a network do: what is equal is stored once. */
function differing() {
  let made = 0;
  return {
    generate: (...[source, edit, { seed }]: Parameters<CounterfactualWorker['generate']>) => {
      made++;
      const { image, mask, ...rest } = fakeCounterfactual(source, edit, seed);
      const [pixels, data] = [image.pixels.slice(), mask.data.slice()];
      pixels[100 + made] = (pixels[100 + made] ?? 0) + 1;
      data[100 + made] = 255;
      const id = `result ${String(made)} of ${source.id}`;
      return Promise.resolve({ ...rest, image: { ...image, id, pixels }, mask: { ...mask, data } });
    },
  };
}

const pageWithResults = (): Promise<Page> => openPage(undefined, { worker: differing() });

/** A project of one radiograph with results of these severities, stored; the page is gone. */
async function stored(...severities: readonly number[]): Promise<MemoryDisk> {
  const page = await pageWithResults();
  await work(page);
  for (const severity of severities) {
    setSeverity(page.studio, severity);
    await generate(page.studio);
  }
  page.state().showDocument(page.document().id);
  await saveProject(page.studio);
  page.crash();
  return page.disk;
}

const settled = (page: Page): Promise<void> =>
  page.state().pixels.status === 'loading'
    ? new Promise((resolve) => {
        const stop = page.studio.store.subscribe(({ pixels }) => {
          if (pixels.status === 'loading') return;
          stop();
          resolve();
        });
      })
    : Promise.resolve();

async function show(page: Page, index: number): Promise<void> {
  page.state().showDocument(page.document().id, page.document().versions[index]?.id);
  await settled(page);
}

describe('the pixels of versions', () => {
  it('are not read when a project is opened, but for those that are shown; readings and thumbnails are there', async () => {
    const disk = await stored(1, 2);
    disk.reads.length = 0;
    const page = await openPage(disk);
    const { versions } = page.document();
    expect(versions.map((version) => [imageNow(version), version.thumbnail.width > 1])).toEqual(
      versions.map(() => [undefined, true]),
    );
    const before = disk.reads.length;
    await show(page, 1);
    // Its picture and its mask.
    expect(disk.reads.length - before).toBe(2);
    expect(shownResult(page.state())).toBeDefined();
    expect(versions.map((version) => imageNow(version) !== undefined)).toEqual([false, true, false]);
    expect(new Set(disk.reads).size).toBe(disk.reads.length);
  });

  it('come back as they were made', async () => {
    const page = await openPage();
    await work(page);
    const [made] = page.document().versions;
    if (made === undefined) throw new Error('a version was made');
    const { image, mask } = await loadCounterfactual(made);
    await saveProject(page.studio);
    page.crash();
    const [version] = (await openPage(page.disk)).document().versions;
    if (version === undefined) throw new Error('it was kept');
    const again = await loadCounterfactual(version);
    expect(again.image.pixels).toEqual(image.pixels);
    expect(again.mask.data).toEqual(mask.data);
  });

  it('go also where several results have the same mask, as those of several seeds do', async () => {
    pixelMemory.limit = 0;
    const made = differing();
    const page = await openPage(undefined, {
      worker: {
        generate: async (source, ...asked) => {
          const { mask } = fakeCounterfactual(source, asked[0], 1);
          return { ...(await made.generate(source, ...asked)), mask: { ...mask, data: mask.data.slice() } };
        },
      },
    });
    await work(page);
    for (const severity of [1, 1.5, 2, 2.5, 3]) {
      setSeverity(page.studio, severity);
      await generate(page.studio);
    }
    await saveProject(page.studio);
    const { versions } = page.document();
    expect(versions.length).toBeGreaterThan(5);
    // What is at hand are those used last, as many as always may stay.
    const atHand = versions.flatMap(({ counterfactual: { image, mask } }) => [image.pixels.peek(), mask.data.peek()]);
    expect(atHand.filter((pixels) => pixels !== undefined).length).toBeLessThanOrEqual(6);
  });

  it('go when others are looked at once they are stored, and never before', async () => {
    pixelMemory.limit = 0;
    const page = await pageWithResults();
    page.storage.failure = new Error('no room');
    await work(page);
    for (const severity of [1, 1.5, 2, 2.5]) {
      setSeverity(page.studio, severity);
      await generate(page.studio);
    }
    await saveProject(page.studio);
    const here = () => page.document().versions.filter((version) => imageNow(version) !== undefined).length;
    expect(here()).toBe(5);
    page.storage.failure = undefined;
    setSeverity(page.studio, 1.25);
    await saveProject(page.studio);
    expect(page.document().versions.filter(({ counterfactual }) => counterfactual.image.pixels.peek())).toHaveLength(3);
    // Looking at every version in turn keeps no more than that.
    for (const index of [0, 1, 2, 3, 4]) {
      await show(page, index);
      const shown = page.document().versions[index];
      expect(imageNow(shown)).toBeDefined();
    }
    expect(page.document().versions.filter(({ counterfactual }) => counterfactual.image.pixels.peek())).toHaveLength(3);
  });

  it('cost only their version when storage has lost them, and nothing when another is looked at', async () => {
    const disk = await stored(1, 2);
    const page = await openPage(disk);
    const { versions } = page.document();
    // The browser cleared a part of what it stores while the page was open.
    const [first] = versions;
    if (first === undefined) throw new Error('there are versions');
    const { image } = await loadCounterfactual(first);
    for (const key of [...disk.blobs.keys()]) if (!disk.reads.includes(key)) disk.blobs.delete(key);
    await show(page, 1);
    expect(page.state().pixels).toMatchObject({ status: 'lost', problem: { code: 'pixels-lost' } });
    await saveCounterfactual(page.studio);
    expect(
      page
        .state()
        .notices.at(-1)
        ?.problems.map(({ code }) => code),
    ).toEqual(['pixels-lost']);
    await show(page, 0);
    expect(page.state().pixels.status).toBe('here');
    expect(imageNow(first)).toBe(image);
    setSeverity(page.studio, 1.25);
    expect((await saveProject(page.studio)).status).toBe('saved');
    await saveProjectFile(page.studio);
    expect(page.document().versions).toHaveLength(3);
  });

  it('are read by undo, and of a radiograph that was closed and is opened again', async () => {
    const disk = await stored(1);
    const page = await openPage(disk);
    const { id, versions } = page.document();
    deleteVersion(page.studio, id, versions[1]?.id ?? '');
    await saveProject(page.studio);
    page.state().closeDocument(id);
    await saveProject(page.studio);
    page.state().reopenDocument();
    undo(page.studio);
    expect(page.document().versions).toHaveLength(2);
    for (const index of [0, 1]) {
      await show(page, index);
      expect(page.state().pixels.status).toBe('here');
    }
  });

  it('are there for an edit of a version that was only in storage', async () => {
    const disk = await stored(1);
    const page = await openPage(disk);
    const { id, versions } = page.document();
    await editVersion(page.studio, id, versions[0]?.id ?? '');
    typeText(page.studio, 'mild left upper zone nodule');
    await generate(page.studio);
    expect(page.document().versions.at(-1)?.parentId).toBe(versions[0]?.id);
    expect(page.document().versions.at(-1)?.changedOutside).toBe(0);
  });
});
