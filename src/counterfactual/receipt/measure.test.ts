import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advisedSampling } from '../choose';
import type { Edit } from '../edit';
import { emptyMask, paintDisc } from '../../imaging/mask';
import { softened } from '../maskMaps';
import { prepareSource } from '../source';
import { fakeNetworks, fakeRadiograph, fakeRegions } from '../testing/fakes';
import { generate } from '../generate';
import { anatomyDrift, changeMap, dice, meanError, meanInside, zonesReached } from './measure';
import { reverseEdit } from './reverse';

describe('dice', () => {
  it('is 1 of equal maps, 0 of apart ones, and does not care for order', () => {
    const maps = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(maps, (map) => {
        expect(dice(map, map)).toBe(1);
        const inverse = map.map((inside) => !inside);
        if (map.includes(true)) expect(dice(map, inverse)).toBe(0);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean())), (pairs) => {
        const [one, other] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        expect(dice(one, other)).toBe(dice(other, one));
      }),
    );
    expect(dice([true, true, false], [true, false, true])).toBe(0.5);
  });
});

describe('the zones that a mask reaches', () => {
  const painted = (x: number, y: number, radius: number) => softened(paintDisc(emptyMask(256, 256), x, y, radius, 255));

  it('are those of which some pixel can have changed, whatever zone was asked', () => {
    // Right lung in columns 32 to 104, left in 152 to 224, thirds of 56 rows from 40.
    expect(zonesReached(painted(64, 128, 20), fakeRegions())).toEqual(['right_mid']);
    expect(zonesReached(painted(64, 150, 40), fakeRegions())).toEqual(['right_mid', 'right_lower']);
    expect(zonesReached(painted(128, 128, 60), fakeRegions())).toContain('left_mid');
    expect(zonesReached(emptyMask(256, 256), fakeRegions())).toEqual([]);
  });

  it('include a zone that the soft rim touches with more than a trace', () => {
    expect(zonesReached(painted(64, 93, 16), fakeRegions())).toEqual(['right_upper', 'right_mid']);
  });
});

describe('measures of a change', () => {
  it('find the same anatomy where it stayed, and less where the lungs are mirrored away', () => {
    const regions = fakeRegions();
    expect(anatomyDrift(regions, regions)).toEqual({ lungs: 1, heart: 1 });
    const gone = regions.map(() => 0);
    expect(anatomyDrift(regions, gone)).toEqual({ lungs: 0, heart: 0 });
  });

  it('average the change over each cell, as a share of the grey range', () => {
    const before = new Float32Array(65536).fill(-1);
    const after = before.slice();
    // The first cell of 8 x 8 pixels goes from black to white.
    for (let y = 0; y < 8; y++) after.fill(1, y * 256, y * 256 + 8);
    const map = changeMap(before, after);
    expect(map[0]).toBeCloseTo(1, 5);
    expect(map.slice(1).every((value) => Math.abs(value) < 1e-6)).toBe(true);
    const mask = new Float32Array(65536);
    for (let y = 0; y < 8; y++) mask.fill(1, y * 256, y * 256 + 16);
    expect(meanError(before, after, mask)).toBeCloseTo(0.5, 5);
  });

  it('have no mean where there is no mask', () => {
    expect(meanInside(new Float32Array(1024).fill(1), new Float32Array(1024))).toBeUndefined();
  });
});

describe('taking an edit back', () => {
  const film = fakeRadiograph(256, 256, 8);
  const edit = { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 2 } as const;
  const sampling = { seed: 3, steps: 4, sampler: 'twin-flow', guidance: 1, maxTime: 0.9 } as const;

  it('measures how much of the original is lost beside what the autoencoder loses, step by step', async () => {
    const networks = fakeNetworks();
    const source = await prepareSource(film, networks);
    const run = { backend: 'test' };
    const asReleased = { ...sampling, ...advisedSampling(networks.manifest.sampling, edit.kind) };
    const { image, recipe, measures } = await generate(source, networks, edit, asReleased, run);
    expect(measures?.cells.some((share) => share > 0)).toBe(true);
    expect(measures?.anatomy).toEqual({ lungs: 1, heart: 1 });
    const seen: number[] = [];
    const reversal = await reverseEdit(source, networks, edit, image, recipe, {
      ...run,
      onProgress: (fraction) => seen.push(fraction),
    });
    expect(seen).toHaveLength(networks.manifest.sampling.steps);
    expect(seen.at(-1)).toBe(1);
    expect(reversal?.own).toBeGreaterThan(0);
    // The edit moves the zone by much more than what is left of it after taking it back.
    const inside = meanInside(
      measures?.change.map(Math.abs) ?? new Float32Array(1024),
      measures?.cells ?? new Float32Array(1024),
    );
    expect(reversal?.error).toBeLessThan((reversal?.own ?? 0) + (inside ?? 0));
  });

  it('goes back as the release makes edits of that direction', async () => {
    const fake = fakeNetworks();
    const kinds = { add: { steps: 5 }, remove: { steps: 7 }, grade: { steps: 6 } };
    const networks = { ...fake, manifest: { ...fake.manifest, sampling: { ...fake.manifest.sampling, kinds } } };
    const source = await prepareSource(film, networks);
    const stepsBack = async (asked: Edit): Promise<number> => {
      const { image, recipe } = await generate(source, networks, asked, sampling, { backend: 'test' });
      let steps = 0;
      await reverseEdit(source, networks, asked, image, recipe, {
        backend: 'test',
        onProgress: () => {
          steps += 1;
        },
      });
      return steps;
    };
    expect(await stepsBack({ ...edit, severity: 3 })).toBe(7);
    // A share of the way is a grade, there and back.
    expect(await stepsBack(edit)).toBe(6);
    expect(await stepsBack({ ...edit, kind: 'remove', severity: 0 })).toBe(5);
    // Of what is not opacity, the kind of edit tells.
    expect(await stepsBack({ kind: 'add', finding: 'cardiomegaly', places: ['mediastinum'], severity: 2 })).toBe(7);
  });

  it('has nothing to do for an edit that changed nothing', async () => {
    const networks = fakeNetworks();
    const source = await prepareSource(film, networks);
    const nothing = { ...edit, places: [] };
    const { image, recipe } = await generate(source, networks, nothing, sampling, { backend: 'test' });
    expect(await reverseEdit(source, networks, nothing, image, recipe, { backend: 'test' })).toBeUndefined();
  });
});
