import { describe, expect, it } from 'vitest';
import type { Zone } from '../../findings/vocabulary';
import { GRID, regionMap } from '../../findings/regions';
import { takenCells, type Taken } from '../../findings/taken';
import { emptyMask, paintDisc } from '../../imaging/mask';
import type { Radiograph } from '../../imaging/radiograph';
import { toNetworkGrid } from '../../imaging/resample';
import type { Edit } from '../edit';
import { RecipeInvalidError } from '../errors';
import { takenSchema } from '../editSchema';
import { generate } from '../generate';
import { recipeFromText } from '../recipe';
import { prepareSource } from '../source';
import { fakeEncode, fakeNetworks, fakeRadiograph, fakeRegions } from '../testing/fakes';

const film = fakeRadiograph(512, 512, 12);
const RUN = { backend: 'test', clock: () => new Date('2026-01-01T00:00:00Z'), allowUncertain: true };
const ERASE: Edit = { kind: 'remove', finding: 'lung_opacity', places: ['left_mid', 'left_lower'], severity: 0 };

async function made(radiograph: Radiograph, edit: Edit) {
  const networks = fakeNetworks();
  const source = await prepareSource(radiograph, networks);
  const options = { seed: 3, steps: 4, sampler: 'auto', guidance: 2, maxTime: 0.9 } as const;
  return generate(source, networks, edit, options, RUN);
}

/** Mean change of grey in a zone from one film to another. */
function moved(from: Radiograph, to: Radiograph, zone: Zone): number {
  const map = regionMap(fakeRegions(), zone);
  const [one, other] = [fakeEncode(toNetworkGrid(from)), fakeEncode(toNetworkGrid(to))];
  let [sum, mass] = [0, 0];
  for (const [cell, share] of map.entries()) {
    sum += share * ((other[cell * 8] as number) - (one[cell * 8] as number));
    mass += share;
  }
  return sum / mass;
}

async function erased() {
  const result = await made(film, ERASE);
  const { taken } = recipeFromText(JSON.stringify(result.recipe), 'erased.png');
  if (taken === undefined) throw new Error('an erasure keeps what it took');
  return { image: result.image, taken };
}

describe('an erasure’s recipe', () => {
  it('keeps where it lay and how much of it there was', async () => {
    const { taken } = await erased();
    expect(taken.places).toEqual(expect.arrayContaining(['left_mid', 'left_lower']));
    expect(taken.places.every((place) => place.startsWith('left'))).toBe(true);
    expect(taken.severity).toBeGreaterThan(0);
    expect(Object.keys(taken.severities ?? {}).sort()).toEqual([...taken.places].sort());
    expect(Math.max(...Object.values(taken.severities ?? {}))).toBe(taken.severity);
  });

  it.each<Edit>([
    { kind: 'add', finding: 'lung_opacity', places: ['left_mid'], severity: 2 },
    { ...ERASE, finding: 'effusion' },
  ])('keeps nothing of $kind $finding', async (edit) => {
    expect((await made(film, edit)).recipe.taken).toBeUndefined();
  });

  it('is written the same when it comes back from a file', async () => {
    const { recipe } = await made(film, ERASE);
    expect(JSON.stringify(recipeFromText(JSON.stringify(recipe), 'a.png'))).toBe(JSON.stringify(recipe));
  });
});

describe('what was erased', () => {
  it('is given back to the erased film alone', async () => {
    const { image, taken } = await erased();
    const edit: Edit = {
      kind: 'add',
      finding: 'lung_opacity',
      places: taken.places,
      severity: taken.severity,
      severities: taken.severities ?? {},
      sketch: { taken },
    };
    const back = await made(image, edit);
    for (const zone of ['left_mid', 'left_lower'] as const) {
      const [gone, left] = [moved(film, image, zone), moved(film, back.image, zone)];
      expect(Math.abs(gone)).toBeGreaterThan(0.02);
      expect(Math.abs(left)).toBeLessThan(0.15 * Math.abs(gone));
    }
    expect(back.figures?.every(({ amount, most }) => amount === 1 && most === undefined)).toBe(true);
    expect(back.recipe.drawn?.[0]).not.toHaveProperty('harmonised');
    expect(
      back.image.pixels.every((value, at) => value === image.pixels[at] || (back.mask.data[at] as number) > 0),
    ).toBe(true);
  });

  it('comes as much as is asked, where it is asked', async () => {
    const { image, taken } = await erased();
    const edit: Edit = {
      kind: 'add',
      finding: 'lung_opacity',
      places: ['left_lower'],
      severity: taken.severity / 2,
      sketch: { taken },
    };
    const back = await made(image, edit);
    const whole = -moved(film, image, 'left_lower');
    expect(moved(image, back.image, 'left_lower') / whole).toBeCloseTo(0.5, 1);
    expect(Math.abs(moved(image, back.image, 'left_upper'))).toBeLessThan(0.05 * whole);
  });

  it('comes whole where each zone is asked for the grade that it had', async () => {
    const { image, taken } = await erased();
    const zones = {
      places: ['left_mid', 'left_lower'],
      severity: 2,
      severities: { left_mid: 2, left_lower: 0.8 },
    } as const;
    const { severities: _each, ...kept } = taken;
    const ask = (mended: Taken) =>
      made(image, { kind: 'add', finding: 'lung_opacity', ...zones, sketch: { taken: mended } });
    const back = await ask({ ...kept, ...zones });
    expect(back.figures).toEqual([{ amount: 1 }, { amount: 1 }]);
    expect(Math.abs(moved(film, back.image, 'left_lower'))).toBeLessThan(
      0.15 * Math.abs(moved(film, image, 'left_lower')),
    );
    // Far more of a faint one is asked than it had: it is no more than half again of what was taken.
    const severe = await made(image, {
      kind: 'add',
      finding: 'lung_opacity',
      places: ['left_lower'],
      severity: 3,
      sketch: { taken: { ...kept, ...zones } },
    });
    expect(severe.figures).toEqual([{ amount: 1.5 }]);
    const stray = { ...kept, ...zones, places: ['left_lower'] };
    expect([takenSchema.safeParse({ ...kept, ...zones }).success, takenSchema.safeParse(stray).success]).toEqual([
      true,
      false,
    ]);
    // 0.18.0 kept the greatest grade alone: a zone at 0.8 then asks for a share of that.
    const old = await ask({ ...kept, places: zones.places, severity: 2 });
    expect(old.figures).toEqual([{ amount: 1 }, { amount: 0.4 }]);
  });

  it('leaves alone what the erasure had left alone', async () => {
    const { image, taken } = await erased();
    const edit = { kind: 'add', finding: 'lung_opacity', places: taken.places, severity: taken.severity } as const;
    const back = await made(image, { ...edit, severities: taken.severities ?? {}, sketch: { taken } });
    // A quarter of a cell around those that changed.
    const [cell, rim] = [512 / GRID, 512 / GRID / 4];
    const near = new Uint8Array(512 * 512);
    for (const [at, changed] of takenCells(taken).entries()) {
      const [x, y] = [(at % GRID) * cell, Math.floor(at / GRID) * cell];
      for (let row = Math.max(0, y - rim); changed > 0 && row < Math.min(512, y + cell + rim); row++)
        near.fill(1, row * 512 + Math.max(0, x - rim), row * 512 + Math.min(512, x + cell + rim));
    }
    const changed = Array.from(back.image.pixels, (value, at) => value !== image.pixels[at]);
    expect(changed.some(Boolean)).toBe(true);
    expect(changed.every((is, at) => !is || near[at] === 1)).toBe(true);
  });

  it('stays inside what was painted', async () => {
    const { image, taken } = await erased();
    const mask = paintDisc(emptyMask(512, 512), 380, 300, 30, 255);
    const edit: Edit = {
      kind: 'add',
      finding: 'lung_opacity',
      places: taken.places,
      severity: taken.severity,
      sketch: { taken },
      mask,
    };
    const back = await made(image, edit);
    expect(back.changedPixels).toBeGreaterThan(0);
    const far = (at: number): boolean => Math.hypot((at % 512) - 380, Math.floor(at / 512) - 300) > 60;
    expect(back.image.pixels.every((value, at) => value === image.pixels[at] || !far(at))).toBe(true);
  });
});

describe('a recipe whose part that was taken is damaged', () => {
  it.each([
    ['cells that are no base64', { cells: '*' }],
    ['values that are no base64', { values: '*' }],
    ['values that the cells do not ask for', { values: 'AAAA' }],
    ['no place', { places: [] }],
    ['numbers that no latent has', { scale: 1e30 }],
  ])('is refused by name: %s', async (_, change) => {
    const { recipe } = await made(film, ERASE);
    const broken = JSON.stringify({ ...recipe, taken: { ...recipe.taken, ...change } });
    expect(() => recipeFromText(broken, 'erased.png')).toThrow(RecipeInvalidError);
  });
});
