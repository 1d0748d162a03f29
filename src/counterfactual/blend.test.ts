import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { regionMap } from '../findings/regions';
import { TOKEN_WIDTH } from '../findings/tokens';
import { MAX_SEVERITY, REGIONS, ZONES, type Zone } from '../findings/vocabulary';
import { emptyMask, paintDisc } from '../imaging/mask';
import { blended, blendOf, endOf, type Graded } from './blend';
import { advisedSampling, isBlended } from './choose';
import type { Counterfactual, Edit } from './edit';
import { generate } from './generate';
import { reverseEdit } from './receipt/reverse';
import { prepareSource, type Source } from './source';
import { editWith, type LooseEdit } from './testing/edits';
import { fakeNetworks, fakeRadiograph, fakeRegions, type FakeChest } from './testing/fakes';

vi.setConfig({ testTimeout: 60_000 });

const regions = fakeRegions();
const NONE = new Float32Array(1024);
const NOW: Graded = { zones: [0, 0.5, 1, 1.5, 2, 3], focus: 1 };
const asked = (changes: Partial<LooseEdit>): Edit =>
  editWith({ kind: 'add', finding: 'lung_opacity', places: ['right_lower'], severity: 2 }, changes);
const cellOf = (zone: Zone): number => regionMap(regions, zone).findIndex((value) => value === 1) + 65;
const grade = fc.double({ min: 0, max: MAX_SEVERITY, noNaN: true });

describe('the end of the scale', () => {
  it.each([
    // asked, read: end, share. The same rows stand in training/tests/test_blend.py.
    [3, 0, 3, 1],
    [1.5, 0, 3, 0.5],
    [2, 1, 3, 0.5],
    [0, 2, 0, 1],
    [0.5, 2, 0, 0.75],
    [1, 1, 0, 0],
    [0, 0, 0, 0],
    [3, 3, 0, 0],
  ])('for %f where %f is read is %f, and %f of the way is taken', (severity, now, end, share) => {
    expect(endOf(severity, now)).toEqual({ end, share });
  });

  it('lies the way that is asked, and its share arrives where it was asked', () => {
    fc.assert(
      fc.property(grade, grade, (severity, now) => {
        const { end, share } = endOf(severity, now);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(now + share * (end - now)).toBeCloseTo(severity, 6);
      }),
    );
  });
});

describe('an edit between the ends', () => {
  it('asks for the end, and takes one share of all of a painted mask', () => {
    const mask = paintDisc(emptyMask(256, 256), 64, 140, 30, 255);
    const blend = blendOf(asked({ mask, severity: 2 }), NOW, NONE, regions);
    expect(blend?.asked).toEqual(asked({ mask, severity: 3 }));
    expect(blend?.share.every((share) => share === 0.5)).toBe(true);
  });

  it('goes its own way in every zone', () => {
    const places: readonly Zone[] = ['right_lower', 'left_upper', 'left_mid', 'left_lower'];
    const severities = { right_lower: 2, left_upper: 1.5, left_mid: 1, left_lower: 0 };
    const blend = blendOf(asked({ places, severities }), NOW, NONE, regions);
    expect(blend?.asked.severities).toEqual({ right_lower: 3, left_upper: 0, left_mid: 0, left_lower: 0 });
    expect(blend?.asked.severity).toBe(3);
    expect(places.map((zone) => blend?.share[cellOf(zone)])).toEqual([0.5, 0, 0.5, 1]);
    expect(blend?.share[cellOf('right_upper')]).toBe(0);
  });

  it('is asked as it is where it asks for the ends only, and where nothing looks like opacity', () => {
    expect(blendOf(asked({ severity: 3 }), NOW, NONE, regions)).toBeUndefined();
    expect(blendOf(asked({ kind: 'remove', severity: 0 }), NOW, NONE, regions)).toBeUndefined();
    expect(blendOf(asked({ finding: 'effusion', severity: 1 }), NOW, NONE, regions)).toBeUndefined();
  });

  it('leaves a zone as it was asked where a finding of another look comes too', () => {
    const lower = regionMap(regions, 'left_lower');
    const edit = asked({
      places: ['right_lower', 'left_lower'],
      severity: 2,
      further: [{ finding: 'effusion', severities: { left_lower: 1 } }],
    });
    const blend = blendOf(edit, { ...NOW, zones: [0, 0, 1, 0, 0, 0] }, lower, regions);
    expect(blend?.asked.severities).toEqual({ right_lower: 3, left_lower: 2 });
    expect(blend?.asked.further).toEqual([{ finding: 'effusion', severities: { left_lower: 1 } }]);
    expect([blend?.share[cellOf('right_lower')], blend?.share[cellOf('left_lower')]]).toEqual([0.5, 1]);
  });

  it('grades each name of the same opacity alike', () => {
    const edit = asked({
      finding: 'consolidation',
      places: ['right_upper'],
      severity: 1.5,
      further: [{ finding: 'lung_opacity', severities: { left_mid: 2.5 } }],
    });
    const blend = blendOf(edit, NOW, NONE, regions);
    expect(blend?.asked).toMatchObject({
      finding: 'consolidation',
      severities: { right_upper: 3 },
      further: [{ finding: 'lung_opacity', severities: { left_mid: 3 } }],
    });
    expect([blend?.share[cellOf('right_upper')], blend?.share[cellOf('left_mid')]]).toEqual([0.5, 0.5]);
  });

  it('never takes more than all or less than nothing, whatever is asked of whatever is read', () => {
    const zones = fc.tuple(grade, grade, grade, grade, grade, grade);
    fc.assert(
      fc.property(zones, zones, (read, wanted) => {
        const severities = Object.fromEntries(ZONES.map((zone, index) => [zone, wanted[index] ?? 0]));
        const blend = blendOf(
          asked({ places: ZONES, severity: Math.max(...wanted), severities }),
          { zones: read, focus: 0 },
          NONE,
          regions,
        );
        expect(blend?.share.every((share) => share >= 0 && share <= 1 + 1e-6) ?? true).toBe(true);
        expect(Object.values(blend?.asked.severities ?? {}).every((end) => end === 0 || end === 3)).toBe(true);
      }),
    );
  });
});

describe('a picture between two', () => {
  it('is as far from the one to the other as the share says', () => {
    const [before, after] = [new Float32Array(65536).fill(-0.5), new Float32Array(65536).fill(0.5)];
    expect(blended(before, after, undefined)).toBe(after);
    const half = blended(before, after, { share: new Float32Array(1024).fill(0.25) });
    expect(half.every((value) => Math.abs(value + 0.25) < 1e-6)).toBe(true);
  });
});

describe('a sweep', () => {
  const film = fakeRadiograph(256, 256, 12);
  const sampling = { seed: 3, steps: 4, sampler: 'twin-flow', guidance: 1, maxTime: 0.9 } as const;
  const mask = paintDisc(emptyMask(256, 256), 64, 140, 30, 255);
  const run = { backend: 'test', clock: () => new Date('2026-01-01T00:00:00Z') };
  const at = (source: Source, networks: FakeChest, severity: number): Promise<Counterfactual> =>
    generate(source, networks, asked({ kind: 'grade', severity, mask }), sampling, run);

  it('costs two edits, and its grades are shares of the way', async () => {
    const networks = fakeNetworks();
    const source = await prepareSource(film, networks);
    const severe = await at(source, networks, 3);
    const once = networks.batches.length;
    const between = [await at(source, networks, 2.8), await at(source, networks, 2.4)];
    expect(networks.batches).toHaveLength(once);
    expect(isBlended(severe.recipe)).toBe(false);
    const change = ({ image }: Counterfactual): number =>
      (image.pixels[140 * 256 + 64] ?? 0) - (film.pixels[140 * 256 + 64] ?? 0);
    const now = 3 - (3 - 2.4) / (1 - change(between[1] as Counterfactual) / change(severe));
    for (const [index, severity] of [2.8, 2.4].entries()) {
      const result = between[index] as Counterfactual;
      expect(isBlended(result.recipe)).toBe(true);
      expect(change(result) / change(severe)).toBeCloseTo((severity - now) / (3 - now), 1);
    }
    await at(source, networks, 0);
    expect(networks.batches.length).toBeGreaterThan(once);
    const twice = networks.batches.length;
    await at(source, networks, 0.4);
    expect(networks.batches).toHaveLength(twice);
  });

  it('leaves the image as it is at the grade that is read, and far from it changes more', async () => {
    const networks = fakeNetworks();
    const source = await prepareSource(film, networks);
    const lower = ZONES.indexOf('left_lower');
    const read = source.reading.zoneSeverity[lower] ?? 0;
    const changed = async (severity: number): Promise<number> => {
      const { measures } = await generate(
        source,
        networks,
        asked({ kind: 'grade', places: ['left_lower'], severity }),
        sampling,
        run,
      );
      return Math.max(0, ...(measures?.change.map(Math.abs) ?? []));
    };
    expect(await changed(read)).toBe(0);
    const [small, large] = [await changed(read + (3 - read) / 4), await changed(read + (3 - read) / 2)];
    expect(small).toBeGreaterThan(0);
    expect(large).toBeGreaterThan(1.5 * small);
  });

  /** Opacity of the changing cells that the denoiser was told of, from 0 to 1: the least and the most. */
  const told = ({ batches }: FakeChest): readonly [number, number] => {
    const focus = batches
      .flat()
      .flatMap(({ tokens }) =>
        tokens.some((value) => value !== 0) ? [tokens[REGIONS.indexOf('focus') * TOKEN_WIDTH] ?? 0] : [],
      );
    return [Math.min(...focus), Math.max(...focus)];
  };

  it('can be taken back from the grade that was asked to the one that was read', async () => {
    const networks = fakeNetworks();
    const source = await prepareSource(film, networks);
    for (const edit of [
      asked({ kind: 'grade', severity: 2.6, mask }),
      asked({ kind: 'grade', places: ['left_lower', 'right_lower'], severity: 2.6 }),
    ]) {
      // Back goes what goes as the release makes edits; so does the way there.
      const asReleased = { ...sampling, ...advisedSampling(networks.manifest.sampling, 'grade') };
      const { image, recipe, measures } = await generate(source, networks, edit, asReleased, run);
      expect(told(networks)[1]).toBe(1);
      networks.batches.length = 0;
      const back = await reverseEdit(source, networks, edit, image, recipe, run);
      const inside =
        measures?.cells.reduce((sum, share, cell) => sum + share * Math.abs(measures.change[cell] ?? 0), 0) ?? 0;
      const moved = inside / (measures?.cells.reduce((sum, share) => sum + share, 0) ?? 1);
      expect(back?.error).toBeLessThan(moved + (back?.own ?? 0));
      const [least, most] = told(networks);
      expect(least).toBeGreaterThan(0.3);
      expect(most).toBeCloseTo(2.6 / 3, 5);
      networks.batches.length = 0;
    }
  });
});
