import { describe, expect, it } from 'vitest';
import { fakeFile, fakeStudio } from '../testing/fakes';
import { openDropped } from './openDropped';
import { pathsOf, planned, readSet } from './planSet';

const text = (name: string, content: string, path?: string) => ({
  name,
  ...(path === undefined ? {} : { path }),
  bytes: () => Promise.resolve(new TextEncoder().encode(content)),
});

/** Twelve effusions, one hernia, four clear films. */
const NAMES = [...Array.from({ length: 12 }, (_, at) => `e${String(at)}`), 'h0', 'n0', 'n1', 'n2', 'n3'];
const row = (name: string): string =>
  `${name}.png,p${name},train,${['n', 'e', 'h'].map((first) => Number(name.startsWith(first))).join(',')}`;
const TABLE = `file_name,patient,split,no_finding,effusion,hernia\n${NAMES.map(row).join('\n')}\n`;

describe('a folder or a table that is dropped', () => {
  it('is a data set where there is a table: nothing of it is opened film by film', async () => {
    const studio = fakeStudio();
    const films = NAMES.map((name) => text(`${name}.png`, '', `set/films/${name}.png`));
    await openDropped(studio, [
      text('metadata.csv', TABLE, 'set/metadata.csv'),
      text('notes.md', '', 'set/notes.md'),
      ...films,
    ]);
    const { dialog, openedSet, documents, notices } = studio.store.getState();
    expect([dialog, documents.length, notices.length]).toEqual(['dataset', 0, 0]);
    expect(openedSet?.films).toHaveLength(NAMES.length);
    if (openedSet === undefined) throw new Error('no set was shown');
    const set = await readSet(openedSet);
    expect(set.problems).toEqual([]);
    const plan = planned(set, { uncertain: 'ignore', blank: 'ignore' }, { ratio: 0.25, swaps: 0 });
    expect(plan.header.classes).toMatchObject([{ name: 'hernia', real: 1, target: 5 }]);
    expect(plan.generated.every(({ film }) => /^films\/n\d\.png$/.test(film))).toBe(true);
  });

  it('opens its films where there is none, and nothing else of a folder', async () => {
    const studio = fakeStudio();
    const chest = { ...fakeFile('chest.png'), path: 'folder/chest.png' };
    await openDropped(studio, [chest, text('notes.md', '', 'folder/notes.md')]);
    const { documents, notices } = studio.store.getState();
    expect(documents.map(({ radiograph }) => radiograph.name)).toEqual(['chest.png']);
    expect(notices).toEqual([]);
  });

  it('names its films as the command line does that is given the folder', () => {
    expect(pathsOf(['set/a/1.png', 'set/b/2.png'])).toEqual(['a/1.png', 'b/2.png']);
    expect(pathsOf(['a/1.png', '2.png'])).toEqual(['a/1.png', '2.png']);
  });
});
