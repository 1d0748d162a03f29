import { describe, expect, it } from 'vitest';
import { currentDocument } from '../slices/documents';
import { fakeFile, fakeRadiograph, fakeStudio } from '../testing/fakes';
import { coveredCopy, openCovered } from './cover';
import { openFiles } from './openFiles';

const BOX = { x: 60, y: 2, width: 10, height: 3 };

describe('a covered copy', () => {
  it('is black in the boxes as it is shown, and the same everywhere else', () => {
    for (const [photometricInterpretation, black] of [
      ['MONOCHROME2', 0],
      ['MONOCHROME1', 4095],
    ] as const) {
      const film = fakeRadiograph('chest.dcm', { photometricInterpretation });
      const before = film.pixels.slice();
      const { pixels, width } = coveredCopy(film, [BOX], false);
      expect(film.pixels).toEqual(before);
      pixels.forEach((value, at) => {
        const [x, y] = [at % width, Math.floor(at / width)];
        const isInside = x >= 60 && y >= 2 && y < 5;
        expect(value).toBe(isInside ? black : before[at]);
      });
    }
  });

  it.each([
    [undefined, false, undefined],
    ['NO', false, undefined],
    ['YES', false, 'YES'],
    ['YES', true, 'NO'],
    [undefined, true, 'NO'],
  ] as const)('of a film that says %s claims nothing but what the user says (%s): %s', (said, nothingLeft, claim) => {
    const film = fakeRadiograph('chest.dcm', said && { burnedInAnnotation: said });
    expect(coveredCopy(film, [BOX], nothingLeft).burnedInAnnotation).toBe(claim);
  });

  it.each([
    ['chest.dcm', 'chest (covered).dcm'],
    ['IM000001', 'IM000001 (covered)'],
    ['ward.3/film.png', 'ward.3/film (covered).png'],
  ])('of %s is called %s', (name, called) => {
    expect(coveredCopy(fakeRadiograph(name), [BOX], false).name).toBe(called);
  });

  it('opens as a film of its own, is read, and leaves the original open', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.dcm')]);
    const original = currentDocument(studio.store.getState());
    await openCovered(studio, original?.radiograph ?? fakeRadiograph('none'), [BOX], true);
    const { documents, notices } = studio.store.getState();
    const copy = currentDocument(studio.store.getState());
    expect(documents.map(({ radiograph }) => radiograph.name)).toEqual(['chest.dcm', 'chest (covered).dcm']);
    expect(documents[0]?.radiograph).toBe(original?.radiograph);
    expect(copy).toBe(documents[1]);
    expect(copy?.id).not.toBe(original?.id);
    expect(copy?.thumbnail.data).not.toEqual(original?.thumbnail.data);
    expect(notices).toMatchObject([{ tone: 'success' }]);
    // Closing it undoes it.
    studio.store.getState().closeDocument(copy?.id ?? '');
    expect(currentDocument(studio.store.getState())?.id).toBe(original?.id);
  });

  it('that cannot be made is told, and the dialog keeps its boxes', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.dcm')]);
    studio.store.getState().setDialog('cover');
    const film = { ...fakeRadiograph('chest.dcm') };
    Object.defineProperty(film, 'pixels', {
      get: () => {
        throw new RangeError('Array buffer allocation failed');
      },
    });
    await openCovered(studio, film, [BOX], true);
    const { dialog, documents, notices } = studio.store.getState();
    expect(documents).toHaveLength(1);
    expect(notices).toMatchObject([{ tone: 'error', problems: [{ code: 'unexpected' }] }]);
    expect(dialog).toBe('cover');
  });

  it('is none without a box', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.dcm')]);
    await openCovered(studio, fakeRadiograph('chest.dcm'), [], true);
    expect(studio.store.getState().documents).toHaveLength(1);
  });
});
