import { describe, expect, it } from 'vitest';
import { CounterpartError } from '../../errors';
import { currentDocument } from '../slices/documents';
import { fakeAnalysis, fakeFile, fakeRadiograph, fakeStudio } from '../testing/fakes';
import { textOf } from './lookForText';
import { openFiles } from './openFiles';
import { startEngine } from './startEngine';

class TextFileError extends CounterpartError {
  readonly code = 'not-an-image';
}

function pickyStudio() {
  return fakeStudio({
    open: (_, name) =>
      name.endsWith('.txt')
        ? Promise.reject(new TextFileError(`${name} is a text file.`, 'Choose a radiograph.'))
        : Promise.resolve(fakeRadiograph(name)),
  });
}

describe('opening files', () => {
  it('opens each and shows the last', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('a.png'), fakeFile('b.dcm')]);
    const state = studio.store.getState();
    expect(state.documents.map(({ radiograph }) => radiograph.name)).toEqual(['a.png', 'b.dcm']);
    expect(currentDocument(state)?.radiograph.name).toBe('b.dcm');
    expect(state.opening).toEqual([]);
  });

  it('warns of text that the file says is burned in, until the film is closed', async () => {
    const studio = fakeStudio({
      open: (_, name) =>
        Promise.resolve(fakeRadiograph(name, { burnedInAnnotation: name === 'named.dcm' ? 'YES' : 'NO' })),
    });
    await openFiles(studio, [fakeFile('named.dcm'), fakeFile('other.dcm')]);
    const { notices, documents, closeDocument } = studio.store.getState();
    expect(notices).toMatchObject([{ tone: 'warning', title: expect.stringMatching(/^named\.dcm says/) as string }]);
    closeDocument(documents[0]?.id ?? '');
    expect(studio.store.getState().notices).toEqual([]);
  });

  it('warns once of all films in which writing was found, and of none that ships', async () => {
    const box = { x: 2, y: 3, width: 20, height: 8 };
    const studio = fakeStudio({
      open: (_, name) => Promise.resolve(fakeRadiograph(name, name.startsWith('sample') ? { credit: 'A clinic' } : {})),
      findText: ({ name }) => Promise.resolve(name === 'clean.dcm' ? [] : [box]),
    });
    await openFiles(
      studio,
      ['a.dcm', 'clean.dcm', 'sample.png', 'b.dcm', 'c.dcm', 'd.dcm'].map((name) => fakeFile(name)),
    );
    const { notices, foundText } = studio.store.getState();
    expect(notices.map(({ title }) => title)).toEqual([
      expect.stringMatching(/^Text seems to be burned into 4 films: a\.dcm, b\.dcm, c\.dcm and 1 more\. Look/),
    ]);
    expect(foundText.get('radiograph a.dcm')).toEqual([box]);
  });

  it('searches again where a search failed, and remembers nothing of that', async () => {
    const box = { x: 2, y: 3, width: 20, height: 8 };
    let isBroken = true;
    const studio = fakeStudio({
      findText: () => (isBroken ? Promise.reject(new Error('out of memory')) : Promise.resolve([box])),
    });
    await openFiles(studio, [fakeFile('a.dcm')]);
    const radiograph = currentDocument(studio.store.getState())?.radiograph ?? fakeRadiograph('a.dcm');
    expect(studio.store.getState().foundText.size).toBe(0);
    expect(await textOf(studio, radiograph)).toBeUndefined();
    isBroken = false;
    expect(await textOf(studio, radiograph)).toEqual([box]);
    expect(studio.store.getState().foundText.get(radiograph.id)).toEqual([box]);
  });

  it('says nothing of writing in a film that was closed while it was looked for, nor where it could not be', async () => {
    const studio = fakeStudio({
      findText: ({ id, name }) => {
        if (name === 'broken.dcm') return Promise.reject(new Error('out of memory'));
        studio.store.getState().closeDocument(id);
        return Promise.resolve([{ x: 2, y: 3, width: 20, height: 8 }]);
      },
    });
    await openFiles(studio, [fakeFile('a.dcm'), fakeFile('broken.dcm')]);
    expect(studio.store.getState().notices).toEqual([]);
  });

  it('lists the file that fails and opens the others', async () => {
    const studio = pickyStudio();
    await openFiles(studio, [fakeFile('a.png'), fakeFile('letter.txt'), fakeFile('b.png')]);
    const { documents, notices } = studio.store.getState();
    expect(documents.map(({ radiograph }) => radiograph.name)).toEqual(['a.png', 'b.png']);
    expect(notices).toMatchObject([
      { tone: 'error', title: '2 of 3 files opened', problems: [{ message: 'letter.txt is a text file.' }] },
    ]);
  });

  it('leaves what was open as it was when the only file fails', async () => {
    const studio = pickyStudio();
    await openFiles(studio, [fakeFile('a.png')]);
    const before = currentDocument(studio.store.getState());
    await openFiles(studio, [fakeFile('letter.txt')]);
    expect(currentDocument(studio.store.getState())).toBe(before);
    expect(studio.store.getState().notices[0]?.title).toBe('letter.txt was not opened');
  });

  it('has a radiograph read once the networks are ready, whichever comes first', async () => {
    const early = fakeStudio();
    await openFiles(early, [fakeFile('early.png')]);
    expect(currentDocument(early.store.getState())?.analysis.status).toBe('waiting');
    await startEngine(early);
    expect(currentDocument(early.store.getState())?.analysis.status).toBe('ready');
    await openFiles(early, [fakeFile('late.png')]);
    expect(currentDocument(early.store.getState())?.analysis.status).toBe('ready');
  });

  it('keeps a radiograph open that cannot be read', async () => {
    const studio = fakeStudio({ worker: { analyse: () => Promise.reject(new Error('full')) } });
    await startEngine(studio);
    await openFiles(studio, [fakeFile('a.png')]);
    expect(currentDocument(studio.store.getState())?.analysis).toMatchObject({
      status: 'failed',
      problem: { code: 'unexpected' },
    });
  });

  it('ignores a reading that arrives after the radiograph was closed', async () => {
    let finish: (() => void) | undefined;
    const studio = fakeStudio({
      worker: {
        analyse: () =>
          new Promise((resolve) => {
            finish = () => {
              resolve(fakeAnalysis());
            };
          }),
      },
    });
    await startEngine(studio);
    const opening = openFiles(studio, [fakeFile('a.png')]);
    await expect.poll(() => finish).toBeDefined();
    studio.store.getState().closeDocument('radiograph a.png');
    finish?.();
    await opening;
    expect(studio.store.getState().documents).toEqual([]);
  });
});
