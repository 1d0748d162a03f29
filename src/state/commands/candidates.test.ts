import { describe, expect, it } from 'vitest';
import {
  candidateSets,
  MOST_CANDIDATES,
  shownSet,
  withCandidate,
  withSet,
  type Candidate,
} from '../../record/candidates';
import { comparedImage } from '../slices/compare';
import { toStored } from '../../record/pixels/storedCounterfactual';
import { currentDocument, currentVersion } from '../slices/documents';
import { newDocument, type StudioDocument } from '../../record/studioDocument';
import type { Studio } from '../studio';
import { fakeCounterfactual, fakeFile, fakeRadiograph, fakeStudio } from '../testing/fakes';
import { thumbnailOf } from '../../record/thumbnail';
import { initialRequest } from '../../record/editRequest';
import {
  compareCandidate,
  discardCandidate,
  discardSet,
  keepCandidate,
  measureUndo,
  pinCandidate,
  showCandidate,
  shownCandidate,
  stepCandidate,
} from './candidates';
import { generate } from './generate';
import { openFiles } from './openFiles';
import { typeText } from './request';
import { startEngine } from './startEngine';

/** Three candidates, the first of them shown. */
async function withThree() {
  const studio = fakeStudio({
    worker: {
      generate: (source, edit, { seed }) => {
        const made = fakeCounterfactual(source, edit, seed);
        return Promise.resolve({
          ...made,
          measures: { cells: new Float32Array(1024), change: new Float32Array(1024), anatomy: { lungs: 1, heart: 1 } },
        });
      },
    },
  });
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  typeText(studio, 'severe right lower zone opacity');
  studio.store.getState().setSeedCount(3);
  await generate(studio);
  return studio;
}

const document = ({ store }: Studio) => currentDocument(store.getState());
const seeds = (studio: Studio) =>
  candidateSets(document(studio)).map(({ items }) => items.map((each) => each.counterfactual.recipe.sampling.seed));
const shownSeed = ({ store }: Studio) => currentVersion(store.getState())?.counterfactual.recipe.sampling.seed;
const idOf = (studio: Studio, seed: number) =>
  candidateSets(document(studio))
    .flatMap(({ items }) => items)
    .find((each) => each.counterfactual.recipe.sampling.seed === seed)?.id ?? '';

describe('candidates', () => {
  it('are shown one after another like any result, and the ends hold', async () => {
    const studio = await withThree();
    expect(shownSeed(studio)).toBe(1);
    stepCandidate(studio, -1);
    expect(shownSeed(studio)).toBe(1);
    stepCandidate(studio, 1);
    stepCandidate(studio, 1);
    stepCandidate(studio, 1);
    expect(shownSeed(studio)).toBe(3);
    expect(shownCandidate(studio.store.getState())?.id).toBe(idOf(studio, 3));
  });

  it('become versions when they are kept, and leave the strip', async () => {
    const studio = await withThree();
    keepCandidate(studio, idOf(studio, 2));
    expect(document(studio)?.versions.map(({ counterfactual }) => counterfactual.recipe.sampling.seed)).toEqual([2]);
    expect(seeds(studio)).toEqual([[1, 3]]);
    expect(shownSeed(studio)).toBe(2);
    expect(shownCandidate(studio.store.getState())).toBeUndefined();
  });

  it('go when they are discarded, and the one beside comes to the screen', async () => {
    const studio = await withThree();
    showCandidate(studio, idOf(studio, 2));
    discardCandidate(studio, idOf(studio, 2));
    expect([seeds(studio), shownSeed(studio)]).toEqual([[[1, 3]], 3]);
    discardCandidate(studio, idOf(studio, 3));
    discardCandidate(studio, idOf(studio, 1));
    expect(seeds(studio)).toEqual([]);
    expect(document(studio)?.shownVersionId).toBeUndefined();
  });

  it('stay when they are pinned and the rest goes', async () => {
    const studio = await withThree();
    pinCandidate(studio, idOf(studio, 3));
    discardSet(studio, shownSet(document(studio))?.id ?? '');
    expect([seeds(studio), shownSeed(studio)]).toEqual([[[3]], 3]);
    pinCandidate(studio, idOf(studio, 3));
    discardSet(studio, shownSet(document(studio))?.id ?? '');
    expect(seeds(studio)).toEqual([]);
  });

  it('can be compared, two side by side', async () => {
    const studio = await withThree();
    compareCandidate(studio, idOf(studio, 2));
    expect(studio.store.getState().comparison).toBe('sideBySide');
    expect(comparedImage(studio.store.getState())?.id).toContain('result 2');
    compareCandidate(studio, idOf(studio, 2));
    expect(studio.store.getState().comparison).toBe('counterfactual');
  });

  it('are not so many that they fill the memory; the oldest unpinned go first', () => {
    const radiograph = fakeRadiograph();
    const made = fakeCounterfactual(radiograph, { kind: 'add', finding: 'lung_opacity', places: [], severity: 1 }, 1);
    const item = (id: string, pinned = false): Candidate => ({
      id,
      parentId: undefined,
      counterfactual: toStored(made),
      thumbnail: thumbnailOf(radiograph),
      label: '',
      name: undefined,
      pinned,
      changedOutside: 0,
      analysis: { status: 'waiting' },
    });
    let open: StudioDocument = newDocument(radiograph, thumbnailOf(radiograph), initialRequest());
    for (const set of ['old', 'new'])
      open = withSet(open, { id: set, kind: 'candidates', label: '', asked: 30, items: [], trials: [] });
    for (let index = 0; index < 20; index++)
      open = withCandidate(open, 'old', item(`old ${String(index)}`, index === 0));
    for (let index = 0; index < 20; index++) open = withCandidate(open, 'new', item(`new ${String(index)}`));
    const [old, fresh] = candidateSets(open);
    expect((old?.items.length ?? 0) + (fresh?.items.length ?? 0)).toBe(MOST_CANDIDATES);
    expect(fresh?.items).toHaveLength(20);
    expect(old?.items.map(({ id }) => id).slice(0, 2)).toEqual(['old 0', 'old 9']);
  });
});

describe('taking an edit back', () => {
  it('is measured for a candidate and for a version, and changes nothing else of it', async () => {
    const studio = await withThree();
    await measureUndo(studio, idOf(studio, 2));
    const reversal = { error: 0.012, own: 0.01 };
    expect(
      candidateSets(document(studio))[0]?.items.map(({ counterfactual }) => counterfactual.measures?.reversal),
    ).toEqual([undefined, reversal, undefined]);
    keepCandidate(studio, idOf(studio, 1));
    const [kept] = document(studio)?.versions ?? [];
    await measureUndo(studio, kept?.id ?? '');
    expect(document(studio)?.versions[0]?.counterfactual).toEqual({
      ...kept?.counterfactual,
      measures: { ...kept?.counterfactual.measures, reversal },
    });
    expect(studio.store.getState().jobs).toEqual([]);
  });
});
