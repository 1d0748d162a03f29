import { describe, expect, it, vi } from 'vitest';
import type { Radiograph } from '../../imaging/radiograph';
import { emptyMask, paintDisc } from '../../imaging/mask';
import type { Counterfactual, Edit, SamplingOptions } from '../edit';
import { generate } from '../generate';
import { recipeFromText } from '../recipe';
import { prepareSource } from '../source';
import { fakeNetworks, fakeProbabilities, fakeRadiograph, type FakeChest } from '../testing/fakes';
import { DRAWN_BY } from './drawnBy';
import { DISC } from './testing/discSketcher';

vi.mock('./registry', async () => {
  const { discSketcher } = await import('./testing/discSketcher');
  const drawn = {
    nodule: discSketcher('nodule'),
    mass: discSketcher('mass', 0.3),
    lung_opacity: discSketcher('lung_opacity'),
  };
  return { sketcherOf: (finding: string) => (drawn as Record<string, unknown>)[finding] };
});
vi.setConfig({ testTimeout: 60_000 });

const SAMPLING: SamplingOptions = { seed: 3, steps: 4, sampler: 'auto', guidance: 2, maxTime: 0.9 };
const NODULE: Edit = { kind: 'add', finding: 'nodule', places: ['right_mid'], severity: 2 };
const film = fakeRadiograph(300, 300, 12);

async function make(
  edit: Edit,
  sampling: Partial<SamplingOptions> = {},
  networks: FakeChest = fakeNetworks(),
  on: Radiograph = film,
): Promise<Counterfactual> {
  return generate(
    await prepareSource(on, networks),
    networks,
    edit,
    { ...SAMPLING, ...sampling },
    { backend: 'test', clock: () => new Date('2026-01-01T00:00:00Z') },
  );
}

function changedAt({ image }: Counterfactual, on: Radiograph = film): readonly number[] {
  return Array.from(image.pixels.keys()).filter((at) => image.pixels[at] !== on.pixels[at]);
}

describe('a finding with a sketch', () => {
  it('is drawn by it, in stored values, without a step of the denoiser, and the recipe tells every choice', async () => {
    const networks = fakeNetworks();
    const result = await make(NODULE, {}, networks);
    expect(networks.batches).toHaveLength(0);
    const changed = changedAt(result);
    expect(changed.length).toBeGreaterThan(50);
    expect(result.changedPixels).toBe(changed.length);
    expect(changed.every((at) => (result.mask.data[at] ?? 0) > 0)).toBe(true);
    const [first = 0] = changed;
    expect((result.image.pixels[first] ?? 0) - (film.pixels[first] ?? 0)).toBeCloseTo(DISC * 4095, -1);
    expect(result.recipe.sampling).toEqual({ sampler: 'sketch', seed: 3 });
    const { centreX: x, centreY: y, ...figures } = result.figures?.[0] ?? {};
    expect(result.recipe.drawn).toEqual([
      {
        finding: 'nodule',
        severity: 2,
        places: ['right_mid'],
        amount: 20,
        unit: 'mm',
        options: { margin: 'smooth' },
        at: { x, y },
      },
    ]);
    expect(figures).toEqual({ amount: 20, diameterMm: 20 });
  });

  it('lies in its recipe where the seed placed it, so that no later release lays it elsewhere', async () => {
    const placed = await make(NODULE);
    const [drawn] = placed.recipe.drawn ?? [];
    expect(drawn?.at?.x).toBeGreaterThan(0.05);
    expect(placed.recipe.drawnBy).toBe(DRAWN_BY);
    expect(placed.recipe.edit.sketch).toBeUndefined();
    const again = await make({ ...NODULE, sketch: { at: drawn?.at ?? { x: 0, y: 0 } } });
    expect(again.image.pixels).toEqual(placed.image.pixels);
    const mask = paintDisc(emptyMask(film.width, film.height), 80, 140, 30, 255);
    expect((await make({ ...NODULE, mask })).recipe.drawn?.[0]?.at).toBeUndefined();
  });

  it('is measured on the film where that is known to work, and where nothing else was drawn with it', async () => {
    const edit: Edit = { kind: 'add', finding: 'lung_opacity', places: ['right_mid'], severity: 2 };
    const share = (await make(edit)).measures?.drawn;
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
    const both = await make({ ...NODULE, further: [{ finding: 'mass', severities: { left_upper: 2 } }] });
    expect(both.measures?.drawn).toBeUndefined();
  });

  it('takes amount, options and place as they are wished, and its recipe comes back from text', async () => {
    const plain = await make(NODULE);
    const wished = await make({
      ...NODULE,
      sketch: { amount: 40, options: { margin: 'spiculated' }, at: { x: 0.25, y: 0.4 } },
    });
    expect(wished.recipe.drawn?.[0]).toMatchObject({
      amount: 40,
      options: { margin: 'spiculated' },
      at: { x: 0.25, y: 0.4 },
    });
    expect(changedAt(wished).length).toBeGreaterThan(3 * changedAt(plain).length);
    expect(recipeFromText(JSON.stringify(wished.recipe), 'chest.png')).toEqual(wished.recipe);
  });

  it('makes the same bits again from the same recipe', async () => {
    const edit: Edit = { ...NODULE, finding: 'mass' };
    const [one, other] = [await make(edit), await make(edit)];
    expect(one.image.pixels.every((value, at) => value === other.image.pixels[at])).toBe(true);
    expect(one.image.id).toBe(other.image.id);
  });

  it('is harmonised where its sketcher asks for that: eight steps, and nothing changes outside the soft mask', async () => {
    const networks = fakeNetworks();
    const result = await make({ ...NODULE, finding: 'mass' }, {}, networks);
    expect(networks.batches).toHaveLength(8);
    expect(result.recipe.drawn?.[0]?.harmonised).toEqual({ from: 0.3, steps: 8, guidance: 3 });
    const alone = await make(NODULE);
    expect(changedAt(result).every((at) => (result.mask.data[at] ?? 0) > 0)).toBe(true);
    expect(changedAt(result)).not.toEqual(changedAt(alone));
  });

  it('is harmonised once for all its grades, wherever they lie', async () => {
    const networks = fakeNetworks();
    const result = await make(
      {
        kind: 'add',
        finding: 'mass',
        places: ['right_upper', 'left_lower'],
        severity: 3,
        severities: { right_upper: 1, left_lower: 3 },
      },
      {},
      networks,
    );
    expect(networks.batches).toHaveLength(8);
    expect(result.recipe.drawn?.map(({ severity, places }) => [severity, ...places])).toEqual([
      [1, 'right_upper'],
      [3, 'left_lower'],
    ]);
    expect(result.figures).toHaveLength(2);
    const columns = changedAt(result).map((at) => at % 300);
    expect(columns.some((x) => x < 130)).toBe(true);
    expect(columns.some((x) => x > 180)).toBe(true);
    expect(changedAt(result).every((at) => (result.mask.data[at] ?? 0) > 0)).toBe(true);
  });

  it('is left to the denoiser where its sampler is asked for by name', async () => {
    const networks = fakeNetworks();
    const result = await make({ ...NODULE, finding: 'lung_opacity', severity: 3 }, { sampler: 'twin-flow' }, networks);
    expect(networks.batches.length).toBeGreaterThan(0);
    expect(result.recipe.sampling.sampler).toBe('twin-flow');
    expect(result.recipe.drawn).toBeUndefined();
  });

  it('comes after what goes: removals by the denoiser, then one sketch after another', async () => {
    const networks = fakeNetworks();
    const result = await make(
      {
        ...NODULE,
        further: [
          { finding: 'lung_opacity', severities: { left_lower: 0 } },
          { finding: 'mass', severities: { left_upper: 2 } },
        ],
      },
      {},
      networks,
    );
    expect(result.recipe.sampling).toMatchObject({ sampler: 'twin-flow', steps: 4 });
    expect(result.recipe.drawn?.map(({ finding }) => finding)).toEqual(['nodule', 'mass']);
    const rows = changedAt(result).map((at) => ({ x: at % 300, y: Math.floor(at / 300) }));
    expect(rows.some(({ x, y }) => x > 180 && y > 190)).toBe(true);
    expect(rows.some(({ x, y }) => x < 130 && y < 180)).toBe(true);
  });

  it('stays inside what is painted', async () => {
    const mask = paintDisc(emptyMask(300, 300), 80, 140, 12, 255);
    const result = await make({ ...NODULE, places: [], severity: 3, mask });
    expect(changedAt(result).length).toBeGreaterThan(20);
    expect(changedAt(result).every((at) => mask.data[at] === 255)).toBe(true);
  });

  it('grows by what is asked beyond what is there, and by nothing where less is asked', async () => {
    const bright: Radiograph = { ...film, pixels: film.pixels.map((value) => Math.min(4095, value + 1100)) };
    const source = await prepareSource(bright, fakeNetworks());
    const now = source.reading.zoneSeverity[1] ?? 0;
    expect(now).toBeGreaterThan(1);
    const more = await make(
      { kind: 'grade', finding: 'lung_opacity', places: ['right_mid'], severity: 3 },
      {},
      fakeNetworks(),
      bright,
    );
    expect(more.recipe.drawn?.[0]?.severity).toBeCloseTo(3 - now);
    const less = await make(
      { kind: 'grade', finding: 'lung_opacity', places: ['right_mid'], severity: 1 },
      {},
      fakeNetworks(),
      bright,
    );
    expect(less.recipe.drawn).toBeUndefined();
    expect(less.recipe.sampling.sampler).toBe('twin-flow');
  });

  it('is refused where it cannot be, with what can be done', async () => {
    await expect(make({ ...NODULE, sketch: { at: { x: 0.5, y: 0.02 } } })).rejects.toMatchObject({
      code: 'sketch-impossible',
    });
    await expect(make({ ...NODULE, sketch: { options: { margin: 'furry' } } })).rejects.toMatchObject({
      code: 'sketch-impossible',
      advice: 'Choose one of smooth, spiculated.',
    });
    await expect(
      make({ ...NODULE, finding: 'hernia', places: ['mediastinum'] }, { sampler: 'sketch' }),
    ).rejects.toMatchObject({ code: 'sketch-impossible' });
    const blind = fakeNetworks({ probabilities: new Float32Array(64 * 64 * 8) });
    await expect(make(NODULE, {}, blind)).rejects.toThrow('No lungs were found');
    // One lung white: the anatomist sees none of it.
    const oneLung = fakeProbabilities();
    for (let at = 0; at < oneLung.length; at++) if (at % 8 >= 4 && at % 8 <= 6) oneLung[at] = 0;
    await expect(make(NODULE, {}, fakeNetworks({ probabilities: oneLung }))).rejects.toMatchObject({
      code: 'sketch-impossible',
      message: expect.stringMatching(/^The left lung was not found in .*white/) as unknown,
      advice: expect.stringContaining('Twin flow') as unknown,
    });
    const noHeart = fakeProbabilities();
    for (let at = 7; at < noHeart.length; at += 8) noHeart[at] = 0;
    await expect(make(NODULE, {}, fakeNetworks({ probabilities: noHeart }))).rejects.toThrow('The heart was not found');
  });

  it('is the input bit for bit where no place is asked', async () => {
    expect((await make({ ...NODULE, places: [] })).changedPixels).toBe(0);
  });
});
