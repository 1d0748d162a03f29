import { describe, expect, it } from 'vitest';
import { trial } from '../testing/measures';
import { onGrid, tonesOf } from './tones';
import { softTissue } from './softTissue';
import { veil } from './veil';
import { fill } from './fill';
import { lungFrame } from './lungFrame';
import { placings } from './placing';
import { ZONES } from '../../../findings/vocabulary';
import { CHEST_GRID } from '../field';

const on = trial(96);
const tones = tonesOf(on.image, on.chest);
const everywhere = (value: number): Float32Array => new Float32Array(tones.film.data.length).fill(value);

describe('filled lung beside heart and diaphragm', () => {
  it('comes to the soft tissue beside it, and what is as dense already stays', () => {
    const tissue = onGrid(tones, tones.tissueNear);
    const change = veil(tones, { share: everywhere(1), loss: 0.4, border: everywhere(1) }).data;
    change.forEach((added, cell) => {
      const value = tones.film.data[cell] as number;
      expect(value + added).toBeCloseTo(Math.max(value, tissue[cell] as number), 4);
    });
  });

  it('loses more of the step at the border the more is filled', () => {
    const tissue = onGrid(tones, tones.tissueNear);
    const cell = tones.film.data.findIndex((value, at) => (tissue[at] as number) - value > 0.2);
    const added = [0.3, 0.6, 0.9].map(
      (share) => veil(tones, { share: everywhere(share), loss: 0.4, border: everywhere(1) }).data[cell] as number,
    );
    expect(added).toEqual([...added].sort((a, b) => a - b));
    expect(added[0]).toBeGreaterThan(0);
  });
});

describe('filled lung keeps the film', () => {
  it('keeps a share of its grain where all other detail goes, so that nothing is flat', () => {
    const large = trial(400);
    const fine = tonesOf(large.image, large.chest);
    const everywhere = (value: number): Float32Array => new Float32Array(fine.film.data.length).fill(value);
    const noisy = {
      ...fine,
      film: { ...fine.film, data: fine.film.data.map((value, at) => value + (at % 2 === 0 ? 0.02 : -0.02)) },
    };
    const low = everywhere(fine.tissue + 0.1);
    const left = [0, 0.5].map((grain) => {
      const veiled = veil(noisy, { share: everywhere(1), loss: 1, border: everywhere(1), tissue: low, grain }).data;
      const after = noisy.film.data.map((value, cell) => value + (veiled[cell] as number));
      const inLung = [...after.keys()].filter((cell) => (fine.film.data[cell] as number) < fine.tissue - 0.05);
      return (
        inLung.reduce((sum, cell) => sum + Math.abs((after[cell] as number) - (low[cell] as number)), 0) / inLung.length
      );
    });
    expect(left[0]).toBeLessThan(1e-5);
    expect(left[1]).toBeGreaterThan(0.005);
  });

  it('comes over the diaphragm to what lies under it', () => {
    const frame = lungFrame(on.chest, 'right');
    const { width, height } = tones.film;
    const white = {
      ...tones,
      film: {
        ...tones.film,
        data: tones.film.data.map((value, cell) => {
          const floor = frame.floor[Math.floor((((cell % width) + 0.5) / width) * CHEST_GRID)] as number;
          return Math.floor(cell / width) / height > floor / CHEST_GRID ? 0.95 : value;
        }),
      },
    };
    const soft = softTissue(white, on.chest, frame.floor);
    const at = (aboveMm: number): number => {
      const column = Math.floor(frame.lung.hilum.x * 0.8);
      const row = (frame.floor[column] as number) - aboveMm / on.chest.millimetresPerRow;
      return soft[
        Math.floor((row / CHEST_GRID) * height) * width + Math.floor((column / CHEST_GRID) * width)
      ] as number;
    };
    expect(at(1)).toBeGreaterThan(0.85);
    expect(at(60)).toBeLessThan(at(1) - 0.1);
  });
});

describe('a hazy border', () => {
  it('gains no more than the lung about it, and what is dense already gains nothing', () => {
    const tissue = onGrid(tones, tones.tissueNear);
    const change = veil(tones, { share: everywhere(0.6), loss: 0.4, border: everywhere(1), hazy: true }).data;
    change.forEach((added, cell) => {
      expect(added).toBeCloseTo(0.6 * Math.max(0, (tissue[cell] as number) - (tones.film.data[cell] as number)), 4);
    });
  });
});

it('haze adds nothing where there is no air, also within the outline of a lung', () => {
  const dense = { ...tones, base: { ...tones.base, data: onGrid(tones, tones.tissueNear) } };
  const sum = (of: typeof tones): number =>
    veil(of, { share: everywhere(0.6), loss: 0, border: everywhere(0), hazy: true }).data.reduce((a, b) => a + b, 0);
  expect(sum(tones)).toBeGreaterThan(0);
  expect(sum(dense)).toBeLessThan(0.1 * sum(tones));
});

describe('both lungs filled at once', () => {
  it('take the border of each for its own alone: one lung’s does not reach over the other', () => {
    const { chest } = on;
    const frames = (['right', 'left'] as const).map((side) => lungFrame(chest, side));
    const request = { finding: 'edema' as const, places: [...ZONES], severity: 2, seed: 1, options: {} };
    const flat = { width: CHEST_GRID, height: CHEST_GRID, data: new Float32Array(CHEST_GRID ** 2) };
    const { border } = fill(
      placings(chest, request),
      0.3,
      flat,
      { densest: 0.5, softness: 1 },
      ({ weight }) => weight.data,
    );
    for (const { inside, fromEdge } of frames)
      inside.data.forEach((own, cell) => {
        if (own > 0.99 && (fromEdge.data[cell] as number) > 20) expect(border.data[cell]).toBeLessThan(0.02);
      });
    expect(Math.max(...border.data)).toBeGreaterThan(0.9);
  });
});
