import { describe, expect, it } from 'vitest';
import { deleteVersion, editVersion } from './versions';
import { generate } from './generate';
import { redo, undo } from './mask';
import { saveProject } from '../project/saveProject';
import { openPage, work, type Page } from '../testing/page';
import { soundVersions } from '../../record/versionTree';

const ids = ({ document }: Page) => document().versions.map(({ id }) => id);

async function withOneVersion() {
  const page = await openPage();
  await work(page);
  const { id, versions } = page.document();
  return { page, id, version: versions[0]?.id ?? '' };
}

async function reopens({ studio, crash, disk }: Page): Promise<Page> {
  await saveProject(studio);
  crash();
  return openPage(disk);
}

describe('a deletion that was undone', () => {
  it('cannot be redone once something was made from the version, and the project opens again', async () => {
    const { page, id, version } = await withOneVersion();
    deleteVersion(page.studio, id, version);
    undo(page.studio);
    await editVersion(page.studio, id, version);
    await generate(page.studio);
    redo(page.studio);
    expect(ids(page)).toHaveLength(2);
    expect(page.document().history.future).toEqual([]);
    expect(ids(await reopens(page))).toEqual(ids(page));
  });

  it('takes along what was made since, where an older studio left it to be redone', async () => {
    const { page, id, version } = await withOneVersion();
    deleteVersion(page.studio, id, version);
    undo(page.studio);
    const { future } = page.document().history;
    await editVersion(page.studio, id, version);
    await generate(page.studio);
    page.state().updateDocument(id, 'history', (open) => ({ ...open, history: { ...open.history, future } }));
    const whole = ids(page);
    redo(page.studio);
    expect([ids(page), page.document().baseVersionId]).toEqual([[], undefined]);
    undo(page.studio);
    expect(ids(page)).toEqual(whole);
    expect(ids(await reopens(page))).toEqual(whole);
  });
});

describe('a deletion', () => {
  it('that is undone after the same was made again lists nothing twice', async () => {
    const { page, id, version } = await withOneVersion();
    const { request } = page.document();
    page.state().updateDocument(id, 'history', (open) => ({
      ...open,
      request: { ...open.request, sampling: { ...open.request.sampling, seedLocked: true } },
    }));
    await editVersion(page.studio, id, version);
    await generate(page.studio);
    const whole = ids(page);
    deleteVersion(page.studio, id, version);
    page.state().updateDocument(id, 'history', (open) => ({ ...open, request }));
    const { seed } = page.document().request.sampling;
    page.state().updateDocument(id, 'history', (open) => ({
      ...open,
      request: { ...request, sampling: { ...request.sampling, seed: seed - 1 } },
    }));
    await generate(page.studio);
    expect(ids(page)).toEqual([version]);
    undo(page.studio);
    expect(ids(page).sort()).toEqual([...whole].sort());
    expect(ids(await reopens(page)).sort()).toEqual([...whole].sort());
  });

  it('takes along the candidates that were made from the version, and undo brings them back', async () => {
    const { page, id, version } = await withOneVersion();
    await editVersion(page.studio, id, version);
    page.state().setSeedCount(3);
    await generate(page.studio);
    const sets = page.document().candidates;
    expect(sets?.[0]?.items).toHaveLength(3);
    deleteVersion(page.studio, id, version);
    expect([page.document().candidates, page.document().shownVersionId]).toEqual([[], undefined]);
    undo(page.studio);
    expect(page.document().candidates).toEqual(sets);
  });
});

describe('the store', () => {
  it('takes no tree that is none, whoever hands it one', async () => {
    const { page, id, version } = await withOneVersion();
    deleteVersion(page.studio, id, version);
    undo(page.studio);
    page.state().updateDocument(id, 'made', (open) => {
      const [first] = open.versions;
      if (first === undefined) throw new Error('there is a version');
      return {
        ...open,
        versions: [
          { ...first, id: 'child', parentId: version },
          first,
          first,
          { ...first, id: 'orphan', parentId: 'gone' },
        ],
        shownVersionId: 'gone',
      };
    });
    const { versions, shownVersionId, history } = page.document();
    expect(versions.map(({ id: each, parentId }) => [each, parentId])).toEqual([
      [version, undefined],
      ['child', version],
      ['orphan', undefined],
    ]);
    expect([shownVersionId, history.future]).toEqual([undefined, []]);
  });
});

describe('a list of versions', () => {
  it('is mended: each once, parents first, and no parent that is not there', () => {
    const tangled = [
      { id: 'child', parentId: 'parent' },
      { id: 'parent', parentId: undefined },
      { id: 'orphan', parentId: 'gone' },
      { id: 'parent', parentId: 'orphan' },
      { id: 'self', parentId: 'self' },
      { id: 'ring a', parentId: 'ring b' },
      { id: 'ring b', parentId: 'ring a' },
    ];
    expect(soundVersions(tangled).map(({ id, parentId }) => [id, parentId])).toEqual([
      ['parent', undefined],
      ['child', 'parent'],
      ['orphan', undefined],
      ['self', undefined],
      ['ring b', undefined],
      ['ring a', 'ring b'],
    ]);
  });

  it('that is sound is left alone', () => {
    const versions = [
      { id: 'a', parentId: undefined },
      { id: 'b', parentId: 'a' },
    ];
    expect(soundVersions(versions)).toBe(versions);
  });
});
