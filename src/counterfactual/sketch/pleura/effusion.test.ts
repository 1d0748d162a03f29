import { describe, expect, it } from 'vitest';
import { SketchImpossibleError } from '../../errors';
import { smoothChest, smoothFilm } from '../testing/chests';
import { meanAround, overImage, totalOf } from '../testing/readings';
import type { Sketch, SketchRequest } from '../sketch';
import { effusion } from './effusion';

const image = smoothFilm();
const chest = smoothChest();

function draw(request: Partial<SketchRequest>, context = { image, chest }): Sketch {
  return effusion.draw(context, {
    finding: 'effusion',
    places: ['right_lower'],
    severity: 2,
    seed: 1,
    options: {},
    ...request,
  });
}

const wide = (sketch: Sketch, size = image.width): Float32Array => overImage(sketch, size, size);
const around = (values: Float32Array, u: number, v: number, size = image.width): number =>
  meanAround(values, size, u, v);

describe('an effusion that is drawn', () => {
  it('adds density at the base of the side that is asked, and none to the other side or the apex', () => {
    const change = wide(draw({ severity: 2 }));
    expect(around(change, 0.2, 0.7)).toBeGreaterThan(0.25);
    expect(Math.abs(around(change, 0.29, 0.2))).toBe(0);
    expect(change.every((value, i) => value === 0 || i % image.width < image.width / 2 + 20)).toBe(true);
  });

  it('is on both sides what it is on each alone', () => {
    const both = wide(draw({ places: ['right_lower', 'left_lower'] }));
    const [right, left] = (['right_lower', 'left_lower'] as const).map((place) => wide(draw({ places: [place] }))) as [
      Float32Array,
      Float32Array,
    ];
    const half = image.width / 2;
    const apart = both.reduce((most, value, i) => {
      const own = i % image.width < half ? right[i] : left[i];
      return Math.max(most, Math.abs(value - (own as number)));
    }, 0);
    expect(apart).toBeLessThan(0.06);
    for (const u of [0.2, 0.8]) expect(around(both, u, 0.7)).toBeGreaterThan(0.25);
  });

  it('brings the filled base to the density of the tissue around it', () => {
    const change = wide(draw({ severity: 3 }));
    const filled = Float32Array.from(change, (value, i) => value + (image.values[i] as number));
    expect(around(filled, 0.25, 0.7)).toBeGreaterThan(0.6);
    expect(around(filled, 0.25, 0.7)).toBeLessThan(0.85);
  });

  it('hides the dome of the diaphragm: no border is left where it was', () => {
    const change = wide(draw({ amount: 0.5 }));
    const filled = Float32Array.from(change, (value, i) => value + (image.values[i] as number));
    const column = 0.25;
    const dome = (chest.right.floor[Math.round(column * 256)] as number) / 256;
    const step = (values: Float32Array): number =>
      Math.abs(around(values, column, dome + 0.03) - around(values, column, dome - 0.03));
    expect(step(image.values)).toBeGreaterThan(0.3);
    expect(step(filled)).toBeLessThan(0.06);
  });

  it('hides the dome up to the heart where it stands as high as a third of the lung', () => {
    const column = 0.35;
    const dome = (chest.right.floor[Math.round(column * 256)] as number) / 256;
    const step = (values: Float32Array): number =>
      Math.abs(around(values, column, dome + 0.03) - around(values, column, dome - 0.03));
    const steps = [1, 2, 3].map((seed) => {
      const change = wide(draw({ amount: 0.3, seed }));
      return step(change.map((value, i) => value + (image.values[i] as number)));
    });
    expect(step(image.values)).toBeGreaterThan(0.4);
    expect(steps.reduce((sum, own) => sum + own, 0) / steps.length).toBeLessThan(0.15);
  });

  it('lets no bright vessel hang into it as a root, and shows some of it in the veil', () => {
    const size = image.width;
    const bare = smoothFilm(size, size, true);
    const isVessel = (column: number): boolean => column > 60 && column < 90 && column % 12 < 2;
    const values = bare.values.map((value, i) => value + (isVessel(i % size) ? 0.2 : 0));
    const [without, withThem] = [bare, { ...bare, values }].map((film) => {
      const change = wide(draw({ amount: 0.5 }, { image: film, chest }));
      return change.map((value, i) => value + (film.values[i] as number));
    }) as [Float32Array, Float32Array];
    const shares = Array.from(without.keys()).flatMap((i) => {
      const inFluid = ((without[i] as number) - 0.2) / 0.5;
      const isAtBorder = Math.floor(i / size) > 90 && Math.floor(i / size) < 135 && inFluid > 0.45 && inFluid < 0.75;
      return isAtBorder && isVessel(i % size) ? [((withThem[i] as number) - (without[i] as number)) / 0.2] : [];
    });
    const seen = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(shares.length).toBeGreaterThan(40);
    expect(seen).toBeLessThan(0.57);
    expect(seen).toBeGreaterThan(0.25);
  });

  it('only blunts the angle where it is small: dome and abdomen toward the middle stay as they are', () => {
    const change = wide(draw({ severity: 1 }));
    const dome = (column: number): number => (chest.right.floor[Math.round(column * 256)] as number) / 256;
    expect(around(change, 0.15, dome(0.15) - 0.02)).toBeGreaterThan(0.15);
    for (const below of [0.02, 0.06, 0.12])
      expect(Math.abs(around(change, 0.35, dome(0.35) + below))).toBeLessThan(0.01);
  });

  it('adds to the abdomen and replaces none of it, so that gas in it stays', () => {
    const at = { u: 0.25, v: (chest.right.floor[64] as number) / 256 + 0.1 };
    const gas = image.values.map((value, i) => {
      const [u, v] = [((i % image.width) + 0.5) / image.width, (Math.floor(i / image.width) + 0.5) / image.height];
      return value - 0.15 * Math.exp(-((u - at.u) ** 2 + (v - at.v) ** 2) / 0.0004);
    });
    const change = wide(draw({ severity: 2 }, { image: { ...image, values: gas }, chest }));
    const [inside, beside] = [around(change, at.u, at.v), around(change, at.u - 0.05, at.v)];
    expect(inside).toBeGreaterThan(-1e-6);
    expect(inside - beside).toBeLessThan(0.05);
  });

  it('leaves no seam where the heart is found to end a little short of the lung', () => {
    const narrow = chest.heart.share.data.map((_, cell) => chest.heart.share.data[cell + 12] ?? 0);
    const short = { ...chest, heart: { ...chest.heart, share: { ...chest.heart.share, data: narrow } } };
    const { mask, box } = draw({ places: ['left_lower'], amount: 0.6 }, { image, chest: short });
    const row = Math.round(chest.left.costophrenic.y - 0.2 * (chest.left.costophrenic.y - chest.left.apex.y)) - box.y;
    const ownSide = mask.subarray(row * box.width + image.width / 2 - box.x, (row + 1) * box.width);
    const filled = ownSide.subarray(
      ownSide.findIndex((share) => share > 240),
      ownSide.findLastIndex((share) => share > 240),
    );
    expect(filled.length).toBeGreaterThan(60);
    expect(Math.min(...filled)).toBeGreaterThan(240);
  });

  it('is less dense toward the apex, where the chest is shallower', () => {
    const change = wide(draw({ amount: 1 }));
    const filled = Float32Array.from(change, (value, i) => value + (image.values[i] as number));
    expect(around(filled, 0.27, 0.65) - around(filled, 0.27, 0.3)).toBeGreaterThan(0.04);
  });

  it('keeps the grain of the film, and no more of what is finer than a rib', () => {
    const change = wide(draw({ amount: 0.8 }));
    const rough = (values: (i: number) => number): number => {
      let [sum, count] = [0, 0];
      for (let y = 140; y < 180; y++)
        for (let x = 55; x < 90; x++, count++) sum += (values(y * 256 + x + 1) - values(y * 256 + x)) ** 2;
      return Math.sqrt(sum / count / 2);
    };
    const after = rough((i) => (change[i] as number) + (image.values[i] as number));
    expect(after).toBeGreaterThan(0.004);
    expect(after).toBeLessThan(0.011);
    expect(rough((i) => image.values[i] as number)).toBeGreaterThan(after);
  });

  it('presses the lung that floats on it together: denser than it was, the more so the larger it is', () => {
    const above = (amount: number): number => around(wide(draw({ amount })), 0.29, 0.24);
    const [small, medium, large] = [above(0.16), above(0.4), above(0.7)];
    expect(small).toBeLessThan(0.02);
    expect(large).toBeGreaterThan(medium);
    expect(large).toBeGreaterThan(0.02);
  });

  it('fades at its top over centimetres, as the layers before and behind the lung thin out', () => {
    const { mask, box } = draw({ amount: 0.5 });
    const column = Math.round(0.27 * image.width) - box.x;
    const shares = Array.from({ length: box.height }, (_, row) => (mask[row * box.width + column] as number) / 255);
    const rows = shares.findIndex((share) => share > 0.85) - shares.findIndex((share) => share > 0.15);
    expect((rows / image.height) * 256 * chest.millimetresPerRow).toBeGreaterThan(35);
  });

  it('stands higher at the chest wall than in the middle', () => {
    // How much higher is left to the seed: real levels are nearly flat or steep.
    const steps = [1, 2, 3, 4, 5].map((seed) => {
      const change = wide(draw({ severity: 2, seed }));
      return around(change, 0.15, 0.55) - around(change, 0.29, 0.55);
    });
    expect(Math.min(...steps)).toBeGreaterThan(0.04);
    expect(Math.max(...steps)).toBeGreaterThan(0.12);
  });

  it('is exactly nothing outside its mask, and its mask lies in its box', () => {
    const sketch = draw({ severity: 2.5 });
    expect(sketch.change.length).toBe(sketch.box.width * sketch.box.height);
    expect(sketch.mask.length).toBe(sketch.change.length);
    expect(sketch.change.every((value, i) => value === 0 || (sketch.mask[i] as number) > 0)).toBe(true);
    expect(sketch.change.some((value) => value !== 0)).toBe(true);
  });

  it('grows with severity', () => {
    const totals = [0.3, 1, 1.7, 2.4, 3].map((severity) => totalOf(draw({ severity }).change));
    for (let i = 1; i < totals.length; i++) expect(totals[i]).toBeGreaterThan(totals[i - 1] as number);
  });

  it('takes its level from the amount, as a share of the height of the lung', () => {
    const { figures } = draw({ amount: 0.5 });
    expect(figures.amount).toBe(0.5);
    const change = wide(draw({ amount: 0.5 }));
    const { costophrenic, apex } = chest.right;
    const level = (costophrenic.y - 0.5 * (costophrenic.y - apex.y)) / 256;
    expect(around(change, 0.16, level + 0.08)).toBeGreaterThan(0.15);
    expect(around(change, 0.2, level - 0.14)).toBeLessThan(0.05);
  });

  it('differs from seed to seed', () => {
    const [one, other] = [wide(draw({ seed: 1 })), wide(draw({ seed: 2 }))];
    expect(one.filter((value, i) => Math.abs(value - (other[i] as number)) > 0.02).length).toBeGreaterThan(300);
  });

  it('has the same shape at another resolution', () => {
    const fine = draw({ severity: 2 }, { image: smoothFilm(640, 640), chest });
    const [small, large] = [wide(draw({ severity: 2 })), wide(fine, 640)];
    for (const [u, v] of [
      [0.15, 0.6],
      [0.2, 0.7],
      [0.29, 0.62],
      [0.35, 0.7],
      [0.2, 0.45],
    ] as const) {
      expect(Math.abs(around(small, u, v) - around(large, u, v, 640))).toBeLessThan(0.06);
    }
  });

  it('keeps to the painted mask, whatever its size', () => {
    const data = new Uint8Array(128 * 128);
    for (let y = 70; y < 100; y++) data.fill(255, y * 128 + 10, y * 128 + 40);
    const change = wide(draw({ severity: 3, places: [], mask: { width: 128, height: 128, data } }));
    expect(change.every((value, i) => value === 0 || (i % 256 < 82 && i / 256 > 138 && i / 256 < 202))).toBe(true);
    expect(totalOf(change)).toBeGreaterThan(10);
  });

  it('draws both sides where both are asked', () => {
    const change = wide(draw({ places: ['right_lower', 'left_lower'] }));
    expect(around(change, 0.16, 0.7)).toBeGreaterThan(0.2);
    expect(around(change, 0.84, 0.7)).toBeGreaterThan(0.2);
  });

  it('raises a second diaphragm for a subpulmonic one', () => {
    const change = wide(draw({ options: { kind: 'subpulmonic' }, amount: 0.15 }));
    expect(around(change, 0.24, 0.68)).toBeGreaterThan(0.25);
    expect(Math.abs(around(change, 0.29, 0.4))).toBe(0);
  });

  it('is a veil behind the lung of a patient who lies: more of it toward the base, vessels seen through it, and no level', () => {
    const change = wide(draw({ options: { kind: 'layered' }, amount: 0.6 }));
    const down = [0.25, 0.4, 0.55, 0.66].map((v) => around(change, 0.29, v));
    for (let at = 1; at < down.length; at++) expect(down[at]).toBeGreaterThan((down[at - 1] as number) + 0.01);
    expect(down[3]).toBeLessThan(0.4);
    // As high in the middle as at the wall, but for a thin rim.
    expect(Math.abs(around(change, 0.2, 0.5) - around(change, 0.36, 0.5))).toBeLessThan(0.08);
    expect(draw({ options: { kind: 'layered' }, amount: 0.9 }).figures['shiftMm']).toBe(0);
    const free = wide(draw({ amount: 0.6 }));
    expect(around(free, 0.2, 0.6)).toBeGreaterThan(around(change, 0.2, 0.6) + 0.1);
  });

  it('ends in a straight level under air: as high at the wall as in the middle', () => {
    const change = wide(draw({ options: { kind: 'level' }, amount: 0.4 }));
    const { costophrenic, apex } = chest.right;
    const line = (costophrenic.y - 0.4 * (costophrenic.y - apex.y)) / 256;
    for (const u of [0.16, 0.22, 0.29]) {
      expect(around(change, u, line + 0.03)).toBeGreaterThan(0.25);
      expect(around(change, u, line - 0.03)).toBe(0);
    }
  });

  it('reaches behind the heart when it is large, and never into the other lung', () => {
    const behindHeart = (amount: number): number =>
      wide(draw({ places: ['left_lower'], amount })).reduce(
        (count, value, i) => count + (value !== 0 && Math.abs((i % 256) / 256 - 0.6) < 0.02 && i / 65536 < 0.7 ? 1 : 0),
        0,
      );
    expect(behindHeart(0.03)).toBe(0);
    expect(behindHeart(0.48)).toBeGreaterThan(50);
    const large = wide(draw({ places: ['left_lower'], amount: 0.48 }));
    expect(large.every((value, i) => value === 0 || (i % 256) / 256 > 0.44)).toBe(true);
  });

  it('lies before and behind the mediastinum, up to the spine, when it is large, and only then', () => {
    const shareOf = (amount: number): number => {
      const { mask, box } = draw({ amount });
      // Beyond the border of the mediastinum, above the heart.
      const [x, y] = [Math.round((chest.right.medial[100] as number) + 6) - box.x, 100 - box.y];
      return x < box.width ? (mask[y * box.width + x] as number) : 0;
    };
    expect(shareOf(0.45)).toBe(0);
    expect(shareOf(0.95)).toBeGreaterThan(150);
  });

  it('takes nothing off a spine that is denser than it', () => {
    const values = image.values.map(
      (own, i) => own + 0.25 * Number(Math.abs(((i % image.width) + 0.5) / image.width - 0.5) < 0.05),
    );
    // On both sides it pushes nothing aside.
    const places = ['right_lower', 'left_lower'] as const;
    const change = wide(draw({ amount: 0.8, places }, { image: { ...image, values }, chest }));
    for (const u of [0.47, 0.53])
      for (const v of [0.35, 0.45, 0.55]) expect(around(change, u, v)).toBeGreaterThan(-0.015);
    expect(around(change, 0.25, 0.5)).toBeGreaterThan(0.25);
  });

  it('leaves what lies beyond the lower edge of the film as black as it is', () => {
    const values = image.values.map((own, i) => (i / image.width > 0.93 * image.height ? 0 : own));
    const change = wide(draw({ amount: 0.8 }, { image: { ...image, values }, chest }));
    const last = change.subarray(Math.round(0.96 * image.height) * image.width);
    expect(Math.max(...last.map(Math.abs))).toBeLessThan(0.01);
  });

  it('pushes heart and trachea away when it is large, and only then', () => {
    expect(draw({ amount: 0.4 }).figures.shiftMm).toBe(0);
    const { figures, change, box } = draw({ amount: 1 });
    expect(figures.shiftMm).toBeGreaterThan(10);
    // The left border of the heart moves outward: it brightens there.
    const moved = overImage({ figures, change, box, mask: new Uint8Array(0) }, 256, 256);
    expect(meanAround(moved, 256, 0.69, 0.62)).toBeGreaterThan(0.05);
  });

  it('says why it cannot be drawn in the mediastinum or in an upper zone alone', () => {
    expect(() => draw({ places: ['mediastinum'] })).toThrow(SketchImpossibleError);
    expect(() => draw({ places: ['left_upper'] })).toThrow(/sinks/);
  });
});
