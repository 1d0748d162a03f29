import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import type { Recipe } from '../../counterfactual/edit';
import { recipeWithTaken, storedHash, writeRecipe } from '../../counterfactual/recipe';
import { packTaken } from '../../findings/taken';
import { writeCounterfactual } from '../../dicom/write-counterfactual';
import { pngTexts } from '../../export/about';
import { emptyMask, paintDisc } from '../../imaging/mask';
import { encodePng } from '../../imaging/png';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { currentDocument } from '../slices/documents';
import { loadImage } from '../../record/pixels/storedCounterfactual';
import { allAsked } from '../../record/editRequest';
import { toEdit } from '../requestedEdit';
import { fakeFile, fakeRadiograph, fakeStudio } from '../testing/fakes';
import type { Studio } from '../studio';
import { openDropped } from './openDropped';
import { openFiles } from './openFiles';
import { openProjectFile } from './projectFile';
import { startEngine } from './startEngine';
import { typeText } from './request';

const painted: Mask = paintDisc(emptyMask(64, 80), 30, 30, 9, 255);
// Soft here and there, as a brush leaves it.
painted.data[30 * 64 + 30] = 77;
const SAMPLED = {
  seed: 77,
  steps: 9,
  guidance: 5,
  maxTime: 0.9,
  sampler: 'twin-flow',
  shift: 1,
  averages: 1,
  passes: 1,
} as const;

type Parts = Partial<Parameters<typeof writeRecipe>[0]>;

function made(film: Radiograph, parts: Parts = {}): Promise<Recipe> {
  return writeRecipe({
    radiograph: film,
    edit: { kind: 'add', finding: 'consolidation', places: ['right_lower'], severity: 3, mask: painted },
    sampling: SAMPLED,
    models: { denoiser: '0.9.0' },
    backend: 'wasm',
    createdAt: new Date('2026-01-01'),
    ...parts,
  });
}

const FORMATS = {
  png: (film: Radiograph, recipe: Recipe) => encodePng({ ...film, synthetic: true }, pngTexts(recipe)),
  dcm: (film: Radiograph, recipe: Recipe) =>
    writeCounterfactual(
      { ...film, synthetic: true },
      { version: '0.11.0', description: 'Asked.', recipe: JSON.stringify(recipe) },
    ),
} as const;

const asFile = (name: string, bytes: Uint8Array) => ({ name, bytes: () => Promise.resolve(bytes) });
const names = ({ store }: Studio) => store.getState().documents.map(({ radiograph }) => radiograph.name);

describe.each(['png', 'dcm'] as const)('a %s of a result that is dropped back', (format) => {
  it('gives request, seed, settings and mask to its film, each a step to undo, and is not opened beside it', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('other.png'), fakeFile('chest.png')]);
    const recipe = await made(fakeRadiograph());
    // Both fakes have the same pixels: the first with the hash gets it.
    await openDropped(studio, [asFile(`result.${format}`, FORMATS[format](fakeRadiograph(), recipe))]);
    const document = currentDocument(studio.store.getState());
    expect(names(studio)).toEqual(['other.png', 'chest.png']);
    expect(document?.mask).toEqual(painted);
    if (document === undefined) throw new Error('a film is open');
    expect(document.request.text).toBe('severe right lower zone consolidation');
    expect(document.request.sampling).toMatchObject({ seed: 77, steps: 9, guidance: undefined, sampler: 'twin-flow' });
    const { maskSha256: _, ...edit } = recipe.edit;
    expect(toEdit(document.request, document.mask)).toEqual({ ...edit, mask: painted });
    expect(document.history.past.map(({ label }) => label)).toEqual(['Restore mask', 'Restore request']);
    expect(studio.store.getState().notices).toMatchObject([{ tone: 'success' }]);
  });

  it('gives back several findings, how they are drawn, and leaves the way open where it was drawn', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.png')]);
    const edit = {
      kind: 'add',
      finding: 'effusion',
      places: ['left_lower'],
      severity: 2,
      sketch: { amount: 31, options: { kind: 'level' } },
      further: [
        { finding: 'lung_opacity', severities: { right_upper: 1, right_mid: 2.5 } },
        { finding: 'nodule', severities: { left_upper: 0 } },
      ],
    } as const;
    const recipe = await made(fakeRadiograph(), { edit, sampling: { sampler: 'sketch', seed: 5 } });
    await openDropped(studio, [asFile(`result.${format}`, FORMATS[format](fakeRadiograph(), recipe))]);
    const document = currentDocument(studio.store.getState());
    if (document === undefined) throw new Error('a film is open');
    expect(allAsked(document.request)).toHaveLength(3);
    expect(toEdit(document.request, document.mask)).toEqual(recipe.edit);
    expect(document.request.sampling).toMatchObject({ seed: 5, steps: undefined, sampler: 'auto' });
  });

  it.each([
    ['as it was recorded by the release that draws it so', {}, []],
    ['and says that an earlier release drew it', { drawnBy: undefined }, ['drawn-otherwise']],
    ['and says which other release drew it', { drawnBy: '0.99.0' }, ['drawn-otherwise']],
  ])('gives back where a nodule lay, %s', async (_, change, told) => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.png')]);
    const edit = { kind: 'add', finding: 'nodule', places: ['left_upper'], severity: 2 } as const;
    const at = { x: 0.7, y: 0.3 };
    const drawn = [
      { finding: 'nodule', severity: 2, places: ['left_upper'], amount: 20, unit: 'mm', options: {}, at },
    ] as const;
    const written = await made(fakeRadiograph(), { edit, drawn, sampling: { sampler: 'sketch', seed: 5 } });
    const recipe = JSON.parse(JSON.stringify({ ...written, ...change })) as Recipe;
    await openDropped(studio, [asFile(`result.${format}`, FORMATS[format](fakeRadiograph(), recipe))]);
    const { notices } = studio.store.getState();
    const document = currentDocument(studio.store.getState());
    if (document === undefined) throw new Error('a film is open');
    expect(toEdit(document.request, document.mask)).toEqual({ ...edit, sketch: { at } });
    expect(notices.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual(told);
    if (told.length > 0 && 'drawnBy' in change && change.drawnBy !== undefined)
      expect(notices[0]?.problems[0]?.message).toContain('0.99.0');
  });

  it.each([
    ['as it was recorded by the release that makes it so', {}, []],
    ['and says that an earlier release erased it', { composedBy: undefined }, ['composed-otherwise']],
    ['and says which other release made it', { composedBy: '0.99.0' }, ['composed-otherwise']],
  ])('gives back an erasure, %s', async (_, change, told) => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.png')]);
    const edit = { kind: 'remove', finding: 'lung_opacity', places: ['left_upper'], severity: 0 } as const;
    const recipe = JSON.parse(JSON.stringify({ ...(await made(fakeRadiograph(), { edit })), ...change })) as Recipe;
    await openDropped(studio, [asFile(`result.${format}`, FORMATS[format](fakeRadiograph(), recipe))]);
    const problems = studio.store.getState().notices.flatMap((notice) => notice.problems);
    expect(problems.map(({ code }) => code)).toEqual(told);
    if ('composedBy' in change && change.composedBy !== undefined) expect(problems[0]?.message).toContain('0.99.0');
  });

  it('is opened as a picture where its film is missing, says so, and gives it all back as soon as the film comes', async () => {
    const film = fakeRadiograph('film.png', { pixels: new Uint16Array(64 * 80).fill(9) });
    const studio = fakeStudio({
      open: (_, name) => Promise.resolve(name === 'film.png' ? film : fakeRadiograph(name)),
    });
    await openFiles(studio, [fakeFile('another.png')]);
    const recipe = await made(film);
    await openDropped(studio, [asFile(`result.${format}`, FORMATS[format](film, recipe))]);
    expect(names(studio)).toEqual(['another.png', `result.${format}`]);
    const [notice] = studio.store.getState().notices;
    expect(notice?.tone).toBe('warning');
    expect(notice?.title).toContain(recipe.source.sha256.slice(0, 16));
    await openFiles(studio, [fakeFile('film.png')]);
    await vi.waitFor(() => {
      expect(currentDocument(studio.store.getState())?.request.sampling.seed).toBe(77);
    });
    expect(currentDocument(studio.store.getState())).toMatchObject({ radiograph: { name: 'film.png' }, mask: painted });
    expect(studio.store.getState().notices.map(({ tone }) => tone)).toEqual(['success']);
  });

  it('whose film is missing asks for what its erasure took, which it keeps', async () => {
    const film = fakeRadiograph('film.png', { pixels: new Uint16Array(64 * 80).fill(9) });
    const studio = fakeStudio({ open: (_, name) => Promise.resolve(fakeRadiograph(name)) });
    const edit = { kind: 'remove', finding: 'lung_opacity', places: ['left_mid'], severity: 0 } as const;
    const residual = new Float32Array(32 * 32 * 8).fill(0.5, 400, 440);
    const lay = { places: ['left_mid', 'left_lower'], severity: 1.7 } as const;
    const taken = packTaken(residual, new Float32Array(32 * 32).fill(1), lay);
    if (taken === undefined) throw new Error('something was taken');
    const recipe = recipeWithTaken(await made(film, { edit }), taken);
    await openDropped(studio, [asFile(`erased.${format}`, FORMATS[format](film, recipe))]);
    const document = currentDocument(studio.store.getState());
    expect(document?.radiograph.name).toBe(`erased.${format}`);
    if (document === undefined) throw new Error('the picture is open');
    expect(toEdit(document.request, document.mask)).toEqual({
      kind: 'add',
      finding: 'lung_opacity',
      ...lay,
      sketch: { taken },
    });
    expect(document.history.past.map(({ label }) => label)).toEqual(['Give back what was erased']);
    const [problem] = studio.store.getState().notices.flatMap(({ problems }) => problems);
    expect(problem?.advice).toContain('press Generate on the picture');
  });

  it('asks for its own where another of the same name was dropped with it', async () => {
    let opened = 0;
    const studio = fakeStudio({
      open: (_, name) => Promise.resolve({ ...fakeRadiograph(name), id: `${name} ${String(opened++)}` }),
    });
    const edit = { kind: 'remove', finding: 'lung_opacity', places: ['left_mid'], severity: 0 } as const;
    const residual = new Float32Array(32 * 32 * 8).fill(0.5, 400, 440);
    const files = await Promise.all(
      [1.2, 2.4].map(async (severity, index) => {
        const film = fakeRadiograph('film.png', { pixels: new Uint16Array(64 * 80).fill(9 + index) });
        const taken = packTaken(residual, new Float32Array(32 * 32).fill(1), { places: ['left_mid'], severity });
        if (taken === undefined) throw new Error('something was taken');
        const recipe = recipeWithTaken(await made(film, { edit }), taken);
        return asFile(`result.${format}`, FORMATS[format](film, recipe));
      }),
    );
    await openDropped(studio, files);
    expect(studio.store.getState().documents.map(({ request }) => request.sketch?.taken?.severity)).toEqual([1.2, 2.4]);
  });

  it('finds its film among the files that it was dropped with', async () => {
    const studio = fakeStudio();
    const result = FORMATS[format](fakeRadiograph(), await made(fakeRadiograph()));
    await openDropped(studio, [asFile(`result.${format}`, result), fakeFile('chest.png')]);
    expect(names(studio)).toEqual(['chest.png']);
    expect(currentDocument(studio.store.getState())?.mask).toEqual(painted);
  });

  it('without a painted mask puts that of the film out of use and keeps it', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.png')]);
    const first = FORMATS[format](fakeRadiograph(), await made(fakeRadiograph()));
    await openDropped(studio, [asFile(`first.${format}`, first)]);
    const edit = { kind: 'remove', finding: 'lung_opacity', places: ['left_mid'], severity: 0 } as const;
    const second = FORMATS[format](fakeRadiograph(), await made(fakeRadiograph(), { edit }));
    await openDropped(studio, [asFile(`second.${format}`, second)]);
    const document = currentDocument(studio.store.getState());
    expect([document?.mask, document?.masks.length, document?.request.kind]).toEqual([undefined, 1, 'remove']);
  });

  it('whose recipe is damaged is opened as a picture, and that is told', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.png')]);
    const recipe = { ...(await made(fakeRadiograph())), synthetic: false } as unknown as Recipe;
    await openDropped(studio, [asFile(`result.${format}`, FORMATS[format](fakeRadiograph(), recipe))]);
    expect(names(studio)).toEqual(['chest.png', `result.${format}`]);
    expect(studio.store.getState().notices).toMatchObject([{ problems: [{ code: 'recipe-invalid' }] }]);
  });
});

describe('results that are dropped back', () => {
  const result = async (name: string, film: Radiograph, parts: Parts = {}) =>
    asFile(name, FORMATS.png(film, await made(film, parts)));

  it('twice leave one mask: that of the film is used again', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.png')]);
    const file = await result('result.png', fakeRadiograph());
    for (let drop = 0; drop < 2; drop++) await openDropped(studio, [file]);
    const document = currentDocument(studio.store.getState());
    expect(document?.masks).toHaveLength(1);
    expect(document?.mask).toEqual(painted);
  });

  it('do not say that a mask is back which is neither in the file nor on the film, or is none', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.png')]);
    const { painted: _, ...apart } = await made(fakeRadiograph());
    const huge = { width: 1e9, height: 1e9, box: [0, 0, 0, 0], pixels: 'AwA=' } as const;
    for (const recipe of [apart, { ...apart, painted: huge }]) {
      await openDropped(studio, [asFile('result.png', FORMATS.png(fakeRadiograph(), recipe)), fakeFile('next.png')]);
      const notice = studio.store.getState().notices.at(-1);
      expect(notice).toMatchObject({ tone: 'warning', problems: [{ code: 'mask-not-in-file' }] });
      expect(notice?.title).toMatch(/: request, seed and settings$/);
      expect(names(studio).at(-1)).toBe('next.png');
    }
  });

  it('together give a film what the first was made with; the others are opened as pictures', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.png')]);
    const files = await Promise.all(
      [1, 2, 3].map((seed) => result(`${String(seed)}.png`, fakeRadiograph(), { sampling: { ...SAMPLED, seed } })),
    );
    await openDropped(studio, files);
    const [chest] = studio.store.getState().documents;
    expect(names(studio)).toEqual(['chest.png', '2.png', '3.png']);
    expect(chest?.request.sampling.seed).toBe(1);
    expect(chest?.history.past).toHaveLength(2);
    const { notices } = studio.store.getState();
    expect(notices.flatMap(({ problems }) => problems.flatMap(({ details }) => details))).toEqual(['2.png', '3.png']);
  });

  it('together wait for a film as one, and one that is dropped later takes their place', async () => {
    const film = fakeRadiograph('film.png', { pixels: new Uint16Array(64 * 80).fill(9) });
    const studio = fakeStudio({
      open: (_, name) => Promise.resolve(name === 'film.png' ? film : fakeRadiograph(name)),
    });
    const seeded = (seed: number) => result(`${String(seed)}.png`, film, { sampling: { ...SAMPLED, seed } });
    await openDropped(studio, await Promise.all([1, 2].map(seeded)));
    const missing = () =>
      studio.store.getState().notices.filter(({ problems }) => problems.some(({ code }) => code === 'film-not-open'));
    expect(missing()).toHaveLength(1);
    await openDropped(studio, [await seeded(5)]);
    expect(missing()).toHaveLength(1);
    expect(names(studio)).toEqual(['1.png', '2.png', '5.png']);
    await openFiles(studio, [fakeFile('film.png')]);
    await vi.waitFor(() => {
      expect(studio.store.getState().documents.at(-1)?.request.sampling.seed).toBe(5);
    });
    expect(studio.store.getState().documents.at(-1)?.history.past).toHaveLength(2);
    expect(missing()).toEqual([]);
  });

  it('of a result go back to it when the project that holds it is opened', async () => {
    const name = 'saved-by-0.7.0.counterpart';
    const project = asFile(name, new Uint8Array(await readFile(`src/state/project/testing/${name}`)));
    const before = fakeStudio();
    await startEngine(before);
    await openProjectFile(before, project);
    const version = currentDocument(before.store.getState())?.versions[0];
    if (version === undefined) throw new Error('the project has a result');
    const studio = fakeStudio();
    await startEngine(studio);
    await openDropped(studio, [await result('further.png', await loadImage(version))]);
    expect(studio.store.getState().notices).toMatchObject([{ problems: [{ code: 'film-not-open' }] }]);
    await openProjectFile(studio, project);
    await vi.waitFor(() => {
      expect(currentDocument(studio.store.getState())?.request.sampling.seed).toBe(77);
    });
    expect(currentDocument(studio.store.getState())?.baseVersionId).toBe(version.id);
  });

  it('that cannot be given back for a reason that nobody foresaw say so, and do not cost the others', async () => {
    const studio = fakeStudio();
    await openFiles(studio, [fakeFile('chest.png')]);
    const { showDocument } = studio.store.getState();
    let calls = 0;
    studio.store.setState({
      showDocument: (id) => {
        if (calls++ === 0) throw new RangeError('Array buffer allocation failed');
        showDocument(id);
      },
    });
    await openDropped(studio, [
      await result('first.png', fakeRadiograph()),
      await result('second.png', fakeRadiograph()),
    ]);
    expect(names(studio)).toEqual(['chest.png', 'first.png']);
    expect(studio.store.getState().documents[0]?.request.sampling.seed).toBe(77);
    expect(studio.store.getState().notices.map(({ tone }) => tone)).toEqual(['error', 'success']);
  });
});

const RELEASES = ['0.3.0', '0.4.0', '0.5.0', '0.6.0', '0.7.0'];

/** As the release wrote it into its exports, word for word. */
function recipeWrittenBy(project: Uint8Array): Recipe {
  const text = unzipSync(project)['project.json'] ?? new Uint8Array();
  const json = JSON.parse(strFromU8(text)) as {
    readonly documents: readonly { readonly versions: readonly { readonly counterfactual: { recipe: Recipe } }[] }[];
  };
  const recipe = json.documents[0]?.versions[0]?.counterfactual.recipe;
  if (recipe === undefined) throw new Error('the project has a result');
  return recipe;
}

describe.each(RELEASES)('a result of release %s', (release) => {
  it.each(['png', 'dcm'] as const)(
    'that was saved as %s finds its film and the mask that is kept there',
    async (format) => {
      const studio = fakeStudio();
      await startEngine(studio);
      const name = `saved-by-${release}.counterpart`;
      const bytes = new Uint8Array(await readFile(`src/state/project/testing/${name}`));
      await openProjectFile(studio, asFile(name, bytes));
      const film = currentDocument(studio.store.getState())?.radiograph;
      if (film === undefined) throw new Error('the project has a film');
      const recipe = recipeWrittenBy(bytes);
      expect(recipe.source.sha256).toBe(await storedHash(film));
      typeText(studio, 'no pneumothorax');
      await openDropped(studio, [asFile(`result.${format}`, FORMATS[format](film, recipe))]);
      const document = currentDocument(studio.store.getState());
      if (document === undefined) throw new Error('a film is open');
      const { kind, finding, places, severity } = recipe.edit;
      expect(toEdit(document.request, undefined)).toMatchObject({ kind, finding, places, severity });
      expect(document.request.sampling).toMatchObject({ seed: recipe.sampling.seed, steps: 4, guidance: 3 });
      expect(document.mask).toBeDefined();
    },
  );
});
