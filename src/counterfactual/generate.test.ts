import { toNetworkGrid } from '../imaging/resample';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ZONES } from '../findings/vocabulary';
import { emptyMask, paintDisc } from '../imaging/mask';
import { encodePng, readPngText } from '../imaging/png';
import type { Radiograph } from '../imaging/radiograph';
import type { Counterfactual, Edit, SamplingOptions } from './edit';
import { generate, type GenerateOptions, type GenerateProgress } from './generate';
import { recipeFromText } from './recipe';
import { prepareSource, type Source } from './source';
import { editWith, type LooseEdit } from './testing/edits';
import { clearReader, fakeNetworks, fakeRadiograph, fakeRegions } from './testing/fakes';

// What follows is about sampling: no finding is drawn (sketch/sketched.test.ts is about those that are).
vi.mock('./sketch/registry', () => ({ sketcherOf: () => undefined }));

// The machine that tests may be busy training.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SAMPLING: SamplingOptions = { seed: 3, steps: 4, sampler: 'twin-flow', guidance: 2, maxTime: 0.9 };
const ADD: Edit = { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 3 };
const RUN: GenerateOptions = { backend: 'test', clock: () => new Date('2026-01-01T00:00:00Z') };

interface Changes {
  readonly sampling?: Partial<SamplingOptions>;
  readonly run?: Partial<GenerateOptions>;
}

async function make(
  radiograph: Radiograph,
  edit: Edit,
  { sampling = {}, run = {} }: Changes = {},
  networks = fakeNetworks(),
): Promise<Counterfactual> {
  const source = await prepareSource(radiograph, networks);
  return generate(source, networks, edit, { ...SAMPLING, ...sampling }, { ...RUN, ...run });
}

/** Large arrays are compared here: a matcher would walk them ten times slower. */
const alike = (one: Counterfactual, other: Counterfactual): boolean =>
  one.image.pixels.every((value, index) => value === other.image.pixels[index]);

/** Stored values that differ where the mask is 0, and in all. */
function changes(
  before: Radiograph,
  { image, mask }: Counterfactual,
): { readonly outside: number; readonly total: number } {
  let outside = 0;
  let total = 0;
  for (let i = 0; i < before.pixels.length; i++) {
    if (before.pixels[i] === image.pixels[i]) continue;
    total += 1;
    if (mask.data[i] === 0) outside += 1;
  }
  return { outside, total };
}

describe.each([
  ['a 2,000-pixel 12-bit film', () => fakeRadiograph(2000, 2000, 12)],
  [
    'a 12-bit MONOCHROME1 film, taller than wide',
    () => fakeRadiograph(500, 640, 12, { photometricInterpretation: 'MONOCHROME1' }),
  ],
  ['an 8-bit PNG', () => fakeRadiograph(300, 256, 8)],
])('a counterfactual of %s', (_, open) => {
  const radiograph = open();
  let result: Counterfactual;
  beforeAll(async () => {
    result = await make(radiograph, ADD);
  });

  it('changes nothing outside its feathered mask, and counts what it changes', () => {
    const { outside, total } = changes(radiograph, result);
    expect(outside).toBe(0);
    expect(total).toBeGreaterThan(100);
    expect(result.changedPixels).toBe(total);
  });

  it('keeps size, depth and pixel type, and is marked synthetic', () => {
    const { image } = result;
    expect([image.width, image.height, image.bitsStored]).toEqual([
      radiograph.width,
      radiograph.height,
      radiograph.bitsStored,
    ]);
    expect(image.pixels.constructor).toBe(radiograph.pixels.constructor);
    expect(image.synthetic).toBe(true);
    expect([...image.pixels.subarray(0, 5000)].every((value) => value < 2 ** radiograph.bitsStored)).toBe(true);
  });

  it('is judged by the second reader before and after, and has moved the asked way', () => {
    const zone = ZONES.indexOf('left_lower');
    expect(result.after.zoneSeverity[zone]).toBeGreaterThan(result.before.zoneSeverity[zone] ?? 3);
  });

  it('is the input bit for bit where no place is asked or nothing is painted', async () => {
    for (const edit of [
      { ...ADD, places: [] },
      { ...ADD, mask: emptyMask(radiograph.width, radiograph.height) },
    ] satisfies Edit[]) {
      const same = await make(radiograph, edit);
      expect(same.changedPixels).toBe(0);
      expect(changes(radiograph, same).total).toBe(0);
    }
  });
});

describe('generate', () => {
  const film = fakeRadiograph(256, 256, 8);
  let source: Source;
  const networks = fakeNetworks();
  beforeAll(async () => {
    source = await prepareSource(film, networks);
  });

  it('is a function of image, edit, seed and steps', async () => {
    const faint = { ...ADD, severity: 0.2 };
    const one = await make(film, faint, { sampling: { sampler: 'inpaint' } });
    expect(alike(await make(film, faint, { sampling: { sampler: 'inpaint' } }), one)).toBe(true);
    expect(alike(await make(film, faint, { sampling: { sampler: 'inpaint', seed: 4 } }), one)).toBe(false);
  });

  it('takes the release’s sampler for the kind of edit when left to it, and records it', async () => {
    expect((await make(film, ADD, { sampling: { sampler: 'auto' } })).recipe.sampling).toMatchObject({
      sampler: 'inpaint',
      maxTime: 1,
    });
    expect(
      (await make(film, editWith(ADD, { kind: 'remove' }), { sampling: { sampler: 'auto' } })).recipe.sampling,
    ).toMatchObject({ sampler: 'twin-flow', maxTime: 0.9 });
  });

  it('never asks the second reader before sampling decides anything', async () => {
    const plain = await make(film, ADD);
    const biased = fakeNetworks();
    const judge = biased.secondReader;
    const mocked = {
      ...biased,
      secondReader: async () => ({
        read: async () => ({
          ...(await (await judge()).read(new Float32Array(65536))),
          opacityMap: new Float32Array(1024).fill(0.9),
        }),
      }),
    };
    const other = await generate(await prepareSource(film, mocked), mocked, ADD, SAMPLING, RUN);
    expect(alike(other, plain)).toBe(true);
    expect(other.before.opacityMap[0]).toBeCloseTo(0.9);
  });

  it('reports every step, with a picture of the first, then composing, with what was made', async () => {
    const seen: GenerateProgress[] = [];
    const result = await generate(source, networks, ADD, SAMPLING, {
      ...RUN,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.filter(({ stage }) => stage === 'sample').map(({ fraction }) => fraction)).toEqual([
      0.25, 0.5, 0.75, 1,
    ]);
    expect(seen[0]?.preview).toHaveLength(256 * 256);
    const { preview, ...composing } = seen.find(({ stage }) => stage === 'compose') ?? {};
    expect(composing).toEqual({ stage: 'compose', fraction: 0 });
    // The networks' size is the film's here: what is shown is the result but for the rounding of grey.
    const shown = Float32Array.from(toNetworkGrid(result.image), (value) => ((value + 1) / 2) * 255);
    const off = shown.reduce((most, value, i) => Math.max(most, Math.abs(value - (preview?.[i] ?? NaN))), 0);
    expect(off).toBeLessThan(1.01);
    expect(seen.at(-1)).toEqual({ stage: 'compose', fraction: 1 });
    expect(result.recipe.backend).toBe('test');
  });

  it('stops when cancelled, before and while sampling', async () => {
    await expect(
      generate(source, networks, ADD, SAMPLING, { ...RUN, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    const controller = new AbortController();
    const run = generate(source, networks, ADD, SAMPLING, {
      ...RUN,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(run).rejects.toMatchObject({ code: 'cancelled', name: 'AbortError' });
  });

  it('changes only what is painted, also where no place is named', async () => {
    const mask = paintDisc(emptyMask(256, 256), 184, 190, 20, 255);
    const result = await make(film, { ...ADD, places: [], mask });
    expect(changes(film, result).outside).toBe(0);
    expect(result.changedPixels).toBeGreaterThan(0);
    expect(result.mask.data.filter((value) => value > 0).length).toBeLessThan(256 * 256 * 0.06);
    expect(result.recipe.edit.maskSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses by name what cannot be, and says what to do', async () => {
    const attempt = (edit: Partial<LooseEdit>, run = RUN, nets = networks): Promise<Counterfactual> =>
      make(film, editWith(ADD, edit), { run }, nets);
    await expect(attempt({ finding: 'cardiomegaly' })).rejects.toMatchObject({
      code: 'implausible-edit',
      advice: expect.stringContaining('mediastinum') as string,
    });
    await expect(attempt({ places: [], mask: paintDisc(emptyMask(256, 256), 2, 2, 12, 255) })).rejects.toMatchObject({
      code: 'implausible-edit',
    });
    const lateral = fakeNetworks({ frontalChest: 0.1 });
    await expect(attempt({}, RUN, lateral)).rejects.toMatchObject({
      code: 'not-frontal-chest',
      message: expect.stringContaining('10 %') as string,
    });
    await expect(attempt({}, { ...RUN, allowUncertain: true }, lateral)).resolves.toBeDefined();
    await expect(attempt({}, RUN, fakeNetworks({ regions: fakeRegions(true) }))).rejects.toThrow('sides are swapped');
    // To insist that it is a chest is not to insist that there is edema.
    const clearing = { kind: 'remove', finding: 'edema', severity: 0, places: ['left_upper'] } as const;
    const clear = { ...networks, reader: () => Promise.resolve(clearReader()) };
    for (const run of [RUN, { ...RUN, allowUncertain: true }])
      await expect(attempt(clearing, run, clear)).rejects.toMatchObject({ code: 'nothing-to-remove' });
    const hollow = fakeNetworks({ regions: new Float32Array(10240) });
    await expect(attempt({}, RUN, hollow)).rejects.toThrow('no lungs');
    await expect(attempt({}, { ...RUN, allowUncertain: true }, hollow)).rejects.toMatchObject({
      code: 'mask-empty',
      message: expect.stringContaining('left lower zone') as string,
    });
  });

  it('puts an enlarged heart into the mediastinum without being told', async () => {
    const result = await make(film, { kind: 'add', finding: 'cardiomegaly', places: [], severity: 2 });
    const middle = result.mask.data[150 * 256 + 126];
    expect(middle).toBe(255);
    expect(networks.batches.length).toBeGreaterThan(0);
  });

  it('leaves a recipe that a saved PNG gives back', async () => {
    const { image, recipe } = await make(film, ADD);
    const bytes = encodePng(image, { 'Counterpart-Recipe': JSON.stringify(recipe) });
    const text = readPngText(bytes)['Counterpart-Recipe'] ?? '';
    expect(recipeFromText(text, 'saved.png')).toEqual(recipe);
    expect(() => recipeFromText('{', 'saved.png')).toThrow('saved.png');
    expect(() =>
      recipeFromText(JSON.stringify({ ...recipe, sampling: { ...recipe.sampling, maxTime: 2 } }), 'saved.png'),
    ).toThrow('sampling.maxTime');
  });
});
