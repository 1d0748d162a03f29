import { describe, expect, it } from 'vitest';
import { SketchImpossibleError } from '../../errors';
import { smoothChest, smoothFilm } from '../testing/chests';
import { meanAround, overImage, totalOf } from '../testing/readings';
import type { Sketch, SketchRequest } from '../sketch';
import { pneumothorax } from './pneumothorax';

const SIZE = 320;
const image = smoothFilm(SIZE, SIZE);
const chest = smoothChest(SIZE, SIZE);
/** Ribs of the same film, and no vessels. */
const bareFilm = smoothFilm(SIZE, SIZE, true);
const ribbed = {
  ...bareFilm,
  values: bareFilm.values.map((value, i) => {
    const [u, v] = [((i % SIZE) + 0.5) / SIZE, (Math.floor(i / SIZE) + 0.5) / SIZE];
    return value + 0.05 * Math.max(0, Math.cos((v + 0.25 * Math.abs(u - 0.5)) * 70)) ** 3;
  }),
};

function draw(request: Partial<SketchRequest>, context = { image, chest }): Sketch {
  return pneumothorax.draw(context, {
    finding: 'pneumothorax',
    places: ['right_upper'],
    severity: 2,
    seed: 1,
    options: {},
    ...request,
  });
}

const drawn = (sketch: Sketch): Float32Array =>
  overImage(sketch, SIZE, SIZE).map((value, i) => value + (image.values[i] as number));

/** Standard deviation along a row, after the slow part is taken away: how much fine structure is there. */
function structure(values: Float32Array, u: number, v: number): number {
  const reach = 7;
  let [sum, squares, count] = [0, 0, 0];
  for (let j = -reach; j <= reach; j++) {
    const row = (Math.round(v * SIZE) + j) * SIZE + Math.round(u * SIZE);
    const mean = totalOf(values.subarray(row - reach, row + reach + 1)) / (2 * reach + 1);
    for (let i = -reach; i <= reach; i++, count++) {
      const value = (values[row + i] as number) - mean;
      sum += value;
      squares += value * value;
    }
  }
  return Math.sqrt(squares / count - (sum / count) ** 2);
}

describe('a pneumothorax that is drawn', () => {
  it('takes the vessels away beyond the pleural line and leaves them within it', () => {
    const after = drawn(draw({ amount: 60 }));
    // Ribs are kept as they are: what vessels add to a film with them is looked at alone.
    const ribs = { image: ribbed, chest };
    const without = overImage(draw({ amount: 60 }, ribs), SIZE, SIZE).map(
      (value, i) => value + (ribbed.values[i] as number),
    );
    const vessels = (one: Float32Array, other: Float32Array): number =>
      structure(
        one.map((value, i) => value - (other[i] as number)),
        0.22,
        0.24,
      );
    expect(vessels(after, without)).toBeLessThan(0.9 * vessels(image.values, ribbed.values));
    expect(structure(after, 0.36, 0.6)).toBeGreaterThan(0.8 * structure(image.values, 0.36, 0.6));
  });

  it('draws the lung back until its top lies as deep as was asked, and says how deep where it lies no lower', () => {
    // A small chest: its lungs are some 9 cm high.
    const small = smoothChest(SIZE, SIZE, [0.4, 0.4]);
    for (const seed of [1, 2, 3, 4]) {
      for (const amount of [8, 18, 45]) expect(draw({ amount, seed }).figures.amount).toBeCloseTo(amount, 0);
      const most = draw({ amount: 110, seed }, { image, chest: small }).figures.amount;
      expect(most).toBeGreaterThan(30);
      expect(most).toBeLessThan(100);
    }
  });

  it('is darker in the air than the lung was', () => {
    expect(meanAround(overImage(draw({ amount: 40 }), SIZE, SIZE), SIZE, 0.22, 0.24, 8)).toBeLessThan(-0.01);
  });

  it('shows a line at the depth that is asked, below the apex', () => {
    const amount = 30;
    const bare = smoothFilm(SIZE, SIZE, true);
    const after = overImage(draw({ amount }, { image: bare, chest }), SIZE, SIZE);
    const { apex } = chest.right;
    const rows = (mm: number): number => ((mm / chest.millimetresPerRow) * SIZE) / 256;
    const column = Math.round((apex.x / 256) * SIZE);
    const profile = Array.from({ length: Math.round(rows(60)) }, (_, row) => {
      const y = Math.round((apex.y / 256) * SIZE) + row;
      let total = 0;
      for (let i = -6; i <= 6; i++) total += after[y * SIZE + column + i] as number;
      return total;
    });
    // Lung is brighter deep in it than at its border: a line stands out from both sides.
    const beside = (row: number): number => ((profile[row - 4] ?? 0) + (profile[row + 4] ?? 0)) / 2;
    const standing = profile.map((value, row) => (row < 4 || row > profile.length - 5 ? -1 : value - beside(row)));
    const brightest = standing.indexOf(Math.max(...standing));
    expect(brightest / rows(1)).toBeGreaterThan(amount * 0.8);
    expect(brightest / rows(1)).toBeLessThan(amount * 1.25);
  });

  it('leaves metal where it is, and shows it nowhere else', () => {
    const values = image.values.slice();
    const at = { x: Math.round(0.25 * SIZE), y: Math.round(0.36 * SIZE) };
    for (let j = -1; j <= 1; j++) for (let i = -4; i <= 4; i++) values[(at.y + j) * SIZE + at.x + i] = 1;
    const clipped = { image: { ...image, values }, chest };
    const [bare, withClip] = [draw({ amount: 40 }), draw({ amount: 40 }, clipped)].map((sketch) =>
      overImage(sketch, SIZE, SIZE),
    ) as [Float32Array, Float32Array];
    expect(bare[at.y * SIZE + at.x]).not.toBe(0);
    expect(withClip[at.y * SIZE + at.x]).toBeCloseTo(0, 6);
    const elsewhere = withClip.map((value, cell) => {
      const [x, y] = [cell % SIZE, Math.floor(cell / SIZE)];
      return Math.hypot(x - at.x, y - at.y) < 24 ? 0 : value - (bare[cell] as number);
    });
    expect(Math.max(...elsewhere)).toBeLessThan(0.03);
  });

  it('grows with severity: less lung is left and more air is beside it', () => {
    const figures = [0.3, 1.2, 2, 3].map((severity) => draw({ severity }).figures);
    for (let i = 1; i < figures.length; i++) {
      expect(figures[i]?.amount).toBeGreaterThan(figures[i - 1]?.amount as number);
      expect(figures[i]?.lungAreaLeft).toBeLessThan(figures[i - 1]?.lungAreaLeft as number);
      expect(figures[i]?.hilarMm).toBeGreaterThanOrEqual(figures[i - 1]?.hilarMm as number);
    }
    expect(figures.at(-1)?.lungAreaLeft).toBeGreaterThan(0.05);
  });

  it('stays at the apex when it is small, and leaves the base of the wall alone until it is large', () => {
    const { costophrenic, apex } = chest.right;
    /** How much darker the film is beside the wall; lung that is pressed together is a little denser. */
    const darker = (amount: number, share: number): number => {
      const y = Math.round(apex.y + share * (costophrenic.y - apex.y));
      const x = (chest.right.lateral[y] as number) + 8 / chest.aspect / chest.millimetresPerRow;
      return -meanAround(overImage(draw({ amount }), SIZE, SIZE), SIZE, x / 256, y / 256);
    };
    expect(darker(18, 0.7)).toBeLessThan(0.004);
    expect(darker(45, 0.93)).toBeLessThan(0.004);
    expect(darker(45, 0.35)).toBeGreaterThan(0.01);
    expect(darker(110, 0.8)).toBeGreaterThan(0.01);
  });

  it('keeps the tissue of the lung: the less room, the denser', () => {
    const inside = (amount: number): number => meanAround(overImage(draw({ amount }), SIZE, SIZE), SIZE, 0.4, 0.46, 6);
    expect(inside(90)).toBeGreaterThan(inside(30) + 0.02);
  });

  it('has a line where little air is, of uneven strength, and no bright rim round a lung that is mostly down', () => {
    const bare = smoothFilm(SIZE, SIZE, true);
    const after = (amount: number, seed: number): Float32Array => {
      const change = overImage(draw({ amount, seed }, { image: bare, chest }), SIZE, SIZE);
      return change.map((value, at) => value + (bare.values[at] as number));
    };
    const rowAt = (share: number): number =>
      Math.round(((chest.right.apex.y + share * (chest.right.costophrenic.y - chest.right.apex.y)) / 256) * SIZE);
    const columns = Array.from({ length: 70 }, (_, i) => Math.round(0.17 * SIZE) + i);
    /** How far a line stands out from both sides, in the row where it does so most clearly. */
    const line = (film: Float32Array, row: number): number => {
      const at = (x: number): number => film[row * SIZE + x] as number;
      return Math.max(...columns.map((x) => at(x) - Math.max(at(x - 4), at(x + 4))));
    };
    const small = after(30, 3);
    const strengths = [0.2, 0.24, 0.28, 0.32, 0.36, 0.4].map((share) => line(small, rowAt(share)));
    expect(Math.max(...strengths)).toBeGreaterThan(0.02);
    expect(Math.min(...strengths)).toBeLessThan(0.75 * Math.max(...strengths));
    const down = after(110, 1);
    const at = (x: number): number => down[rowAt(0.35) * SIZE + x] as number;
    const border = columns.reduce((best, x) => (at(x + 1) - at(x - 1) > at(best + 1) - at(best - 1) ? x : best));
    const near = Math.max(...columns.slice(0, 7).map((_, i) => at(border + i)));
    expect(near - (at(border + 9) + at(border + 10) + at(border + 11)) / 3).toBeLessThan(0.025);
  });

  it('is nothing outside its mask and on the other side', () => {
    const sketch = draw({ severity: 3 });
    expect(sketch.change.every((value, i) => value === 0 || (sketch.mask[i] as number) > 0)).toBe(true);
    expect(overImage(sketch, SIZE, SIZE).every((value, i) => value === 0 || i % SIZE < SIZE / 2)).toBe(true);
  });

  it('differs from seed to seed', () => {
    const [one, other] = [overImage(draw({ seed: 1 }), SIZE, SIZE), overImage(draw({ seed: 9 }), SIZE, SIZE)];
    expect(one.filter((value, i) => Math.abs(value - (other[i] as number)) > 0.02).length).toBeGreaterThan(500);
  });

  it('keeps to the painted mask', () => {
    const data = new Uint8Array(64 * 64);
    for (let y = 6; y < 24; y++) data.fill(255, y * 64 + 4, y * 64 + 30);
    const change = overImage(draw({ places: [], mask: { width: 64, height: 64, data } }), SIZE, SIZE);
    expect(change.every((value, i) => value === 0 || i / SIZE < (24.5 / 64) * SIZE)).toBe(true);
    expect(change.some((value) => value !== 0)).toBe(true);
  });

  it('pushes the mediastinum away under tension', () => {
    const change = overImage(draw({ options: { tension: 'yes' }, severity: 2.5 }), SIZE, SIZE);
    expect(meanAround(change, SIZE, 0.69, 0.62)).toBeGreaterThan(0.05);
  });

  it('says why it cannot be drawn in the mediastinum, or on both sides at once', () => {
    expect(() => draw({ places: ['mediastinum'] })).toThrow(SketchImpossibleError);
    expect(() => draw({ places: ['left_upper', 'right_upper'] })).toThrow(/one side/);
  });
});
