import { describe, expect, it } from 'vitest';
import { SketchImpossibleError } from '../../errors';
import { smoothChest, smoothFilm } from '../testing/chests';
import { meanAround, overImage, totalOf } from '../testing/readings';
import type { Sketch, SketchRequest } from '../sketch';
import { pleuralThickening } from './thickening';

const SIZE = 256;
const image = smoothFilm(SIZE, SIZE);
const chest = smoothChest(SIZE, SIZE);

function draw(request: Partial<SketchRequest>): Sketch {
  return pleuralThickening.draw(
    { image, chest },
    {
      finding: 'pleural_thickening',
      places: ['right_mid', 'right_lower'],
      severity: 2,
      seed: 1,
      options: {},
      ...request,
    },
  );
}

/** A rind at the wall alone. */
const KEPT = { volume: 'kept' } as const;

const wide = (request: Partial<SketchRequest>): Float32Array => overImage(draw(request), SIZE, SIZE);

/** Of each row of the right half: how many mm are denser by so much. */
function widths(change: Float32Array, least = 0.1): readonly number[] {
  const mm = (chest.millimetresPerRow * 256 * chest.aspect) / SIZE;
  return Array.from(
    { length: SIZE },
    (_, y) => change.subarray(y * SIZE, y * SIZE + SIZE / 2).filter((value) => value > least).length * mm,
  );
}

describe('pleural thickening that is drawn', () => {
  it('is a band along the chest wall that leaves the middle of the lung and the other side alone', () => {
    const change = wide({ amount: 14, options: KEPT });
    expect(Math.max(...change.subarray(150 * SIZE, 200 * SIZE))).toBeGreaterThan(0.2);
    expect(meanAround(change, SIZE, 0.3, 0.5, 10)).toBe(0);
    expect(change.every((value, i) => value === 0 || i % SIZE < SIZE / 2)).toBe(true);
  });

  it('is no brighter than the chest wall beside it, thin as that may be', () => {
    const values = image.values.map((value, i) => {
      const y = Math.floor(i / SIZE);
      const wall = chest.right.lateral[y];
      return wall !== undefined && i % SIZE < wall ? Math.min(value, 0.42) : value;
    });
    const thin = { ...image, values };
    const sketch = pleuralThickening.draw(
      { image: thin, chest },
      { finding: 'pleural_thickening', places: ['right_mid'], severity: 3, amount: 16, seed: 1, options: {} },
    );
    const after = overImage(sketch, SIZE, SIZE).map((value, i) => value + (values[i] as number));
    const v = 0.52;
    const wall = (chest.right.lateral[Math.round(v * 256)] as number) / 256;
    const band = [0.015, 0.025, 0.035].map((away) => meanAround(after, SIZE, wall + away, v, 2));
    expect(Math.max(...band)).toBeLessThan(0.46);
    expect(Math.min(...band)).toBeGreaterThan(0.25);
  });

  it('grows with severity', () => {
    const totals = [0.5, 1.2, 2, 3].map((severity) => totalOf(draw({ severity }).change));
    for (let i = 1; i < totals.length; i++) expect(totals[i]).toBeGreaterThan(totals[i - 1] as number);
  });

  it('is as wide as is asked where it is thickest, whatever the seed, and ends as the wall does', () => {
    for (const seed of [1, 2, 3]) {
      const change = wide({ amount: 16, places: ['right_mid'], seed, options: KEPT });
      const most = Math.max(...change);
      const widest = (least: number): number => {
        const rows = widths(change, least * most).slice(90, 160);
        // Over a centimetre, as unevenness goes.
        return Math.max(...rows.map((_, y) => rows.slice(y, y + 10).reduce((sum, mm) => sum + mm, 0) / 10));
      };
      expect(Math.abs(widest(0.5) - 16)).toBeLessThan(4);
      expect(widest(0.2)).toBeLessThan(widest(0.5) + 10);
    }
  });

  it('goes on into the lung where the wall is seen less and less, as the wall itself does', () => {
    const mm = chest.millimetresPerRow * 256;
    const values = image.values.map((value, i) => {
      const wall = (chest.right.lateral[Math.floor(i / SIZE)] ?? 0) / 256;
      const away = ((i % SIZE) / SIZE - wall) * mm;
      return away > 0 && (i % SIZE) / SIZE < 0.45 ? value + 0.25 * Math.exp(-away / 20) : value;
    });
    const fading = pleuralThickening.draw(
      { image: { ...image, values }, chest },
      { finding: 'pleural_thickening', places: ['right_mid'], severity: 3, amount: 10, seed: 1, options: KEPT },
    );
    const change = overImage(fading, SIZE, SIZE);
    const at = (away: number): number =>
      meanAround(change, SIZE, (chest.right.lateral[133] as number) / 256 + away / mm, 0.52, 1);
    expect(at(12)).toBeGreaterThan(at(20) + 0.02);
    expect(at(25)).toBeGreaterThan(0.005);
    expect(at(45)).toBe(0);
  });

  it.each(['right', 'left'] as const)(
    'is no denser than soft tissue where the %s wall is, and fills the angle as dense as the abdomen',
    (side) => {
      const { lateral, costophrenic } = chest[side];
      const outward = side === 'right' ? -1 : 1;
      const values = image.values.map((value, i) => {
        const beyond = ((i % SIZE) - (lateral[Math.floor(i / SIZE)] ?? NaN)) * outward;
        return beyond >= 0 && beyond < 8 ? 0.95 : value;
      });
      const film = { ...image, values };
      const sketch = pleuralThickening.draw(
        { image: film, chest },
        {
          finding: 'pleural_thickening',
          places: [`${side}_mid`, `${side}_lower`],
          severity: 3,
          amount: 16,
          seed: 1,
          options: {},
        },
      );
      const after = overImage(sketch, SIZE, SIZE).map((value, i) => value + (values[i] as number));
      const mm = chest.millimetresPerRow * 256;
      for (const row of [130, 150, 170]) {
        const inner = (lateral[row] as number) / 256 - (outward * 9) / mm;
        expect(meanAround(after, SIZE, inner, row / SIZE, 1)).toBeLessThan(0.76);
        expect(meanAround(after, SIZE, inner, row / SIZE, 1)).toBeGreaterThan(0.45);
      }
      const [u, v] = [costophrenic.x / 256 - (outward * 10) / mm, (costophrenic.y - 6) / 256];
      expect(meanAround(values, SIZE, u, v, 1)).toBeLessThan(0.5);
      expect(meanAround(after, SIZE, u, v, 1)).toBeGreaterThan(0.6);
      expect(meanAround(after, SIZE, u, v, 1)).toBeLessThan(0.82);
    },
  );

  it('is no denser in the angle than the abdomen below it', () => {
    const { floor, lateral, costophrenic } = chest.right;
    // An abdomen that is less dense than the heart, as on a portable film.
    const values = image.values.map((value, i) => {
      const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
      const isBelow = y > (floor[x] ?? costophrenic.y) - 2 && x < SIZE / 2 && x > (lateral[y] ?? 20);
      return isBelow ? Math.min(value, 0.55) : value;
    });
    const film = { ...image, values };
    const change = overImage(
      pleuralThickening.draw(
        { image: film, chest },
        { finding: 'pleural_thickening', places: ['right_lower'], severity: 3, amount: 14, seed: 1, options: KEPT },
      ),
      SIZE,
      SIZE,
    );
    const after = change.map((value, i) => value + (values[i] as number));
    const inner = (mm: number): number => (costophrenic.x + mm / chest.millimetresPerRow / chest.aspect) / 256;
    const dense = [20, 24, 28].map((mm) => meanAround(after, SIZE, inner(mm), (costophrenic.y - 5) / 256, 1));
    expect(Math.max(...dense)).toBeGreaterThan(0.45);
    // As fluid of the whole depth it was 0.72.
    expect(Math.max(...dense)).toBeLessThan(0.66);
  });

  it('adds less where a rib stands out of the lung', () => {
    const values = image.values.map((value, i) => (Math.abs(Math.floor(i / SIZE) - 130) < 5 ? value + 0.3 : value));
    const request = {
      finding: 'pleural_thickening',
      places: ['right_mid'],
      severity: 3,
      amount: 16,
      seed: 1,
      options: {},
    } as const;
    const x = (chest.right.lateral[133] as number) / 256 + 6 / (chest.millimetresPerRow * 256);
    const [without, on] = [image, { ...image, values }].map((film) =>
      meanAround(
        overImage(pleuralThickening.draw({ image: film, chest }, request), SIZE, SIZE),
        SIZE,
        x,
        130 / SIZE,
        1,
      ),
    ) as [number, number];
    expect(without).toBeGreaterThan(0.2);
    expect(on).toBeLessThan(0.75 * without);
  });

  it.each(['right', 'left'] as const)('leaves diaphragm and heart beside the %s lung as they are', (side) => {
    const places = [`${side}_mid`, `${side}_lower`] as const;
    const { depth, floor, lateral } = chest[side];
    for (const amount of [8, 16, 25]) {
      const change = wide({ places, amount, options: KEPT });
      const beyond = Array.from(change.keys()).filter((i) => {
        const [column, row] = [i % SIZE, Math.floor(i / SIZE)];
        const isInner = side === 'right' ? column > (lateral[row] as number) : column < (lateral[row] as number);
        const isBelow = row > (floor[column] as number);
        return (depth.data[i] as number) * chest.millimetresPerRow < -3 && (isInner || isBelow);
      });
      expect(beyond.length).toBeGreaterThan(1000);
      // The dome's own soft edge is filled up to the abdomen's density, and no further.
      const abdomen = 0.75;
      expect(
        Math.max(...beyond.map((i) => Math.min(1, change[i] as number) + (image.values[i] as number))),
      ).toBeLessThan(Math.max(abdomen, ...beyond.map((i) => image.values[i] as number)) + 0.02);
      const away = beyond.filter((i) => (depth.data[i] as number) * chest.millimetresPerRow < -18);
      expect(Math.max(...away.map((i) => change[i] as number))).toBeLessThan(0.02);
      expect(Math.max(...change)).toBeGreaterThan(0.2);
    }
  });

  it('lies before and behind the lung, too, and draws the diaphragm up, where it is thick and reaches the base', () => {
    const film = wide({ amount: 16 }).map((own, i) => own + (image.values[i] as number));
    const [before, after] = [image.values, film].map((values) => meanAround(values, SIZE, 0.3, 0.5, 10)) as [
      number,
      number,
    ];
    expect(after - before).toBeGreaterThan(0.02);
    expect(after - before).toBeLessThan(0.12);
    const [column, mm] = [75, chest.millimetresPerRow];
    const dome = chest.right.floor[column] as number;
    const at = (values: Float32Array, up: number): number =>
      meanAround(values, SIZE, (column + 0.5) / SIZE, (dome - up / mm) / SIZE, 2);
    // Lung before; the abdomen, which was drawn up over it.
    expect(at(image.values, 7)).toBeLessThan(0.4);
    expect(at(film, 7)).toBeGreaterThan(0.6);
    expect(at(film, 25)).toBeLessThan(0.5);
    expect(draw({ amount: 16 }).figures['raisedMm']).toBeGreaterThan(8);
    for (const request of [
      { amount: 4 },
      { amount: 16, options: KEPT },
      { amount: 16, places: ['right_mid'] },
    ] as const)
      expect(draw(request).figures['raisedMm']).toBe(0);
  });

  it('leaves wall between plaques free', () => {
    const rows = widths(
      wide({ options: { kind: 'plaque' }, places: ['right_lower', 'right_mid', 'right_upper'], amount: 12 }),
    ).slice(70, 190);
    const runs = rows.filter((width, y) => width > 0 && (rows[y - 1] ?? 0) === 0).length;
    expect(runs).toBeGreaterThanOrEqual(2);
  });

  it('caps the apex where only an upper zone is named', () => {
    const change = wide({ places: ['right_upper'], amount: 12 });
    const { apex } = chest.right;
    expect(meanAround(change, SIZE, apex.x / 256, (apex.y + 3) / 256, 1)).toBeGreaterThan(0.1);
    expect(change.subarray(Math.round(0.5 * SIZE) * SIZE).every((value) => value === 0)).toBe(true);
  });

  it('is of the kind that was asked, and by zone only else', () => {
    const upper = (options: SketchRequest['options']): Float32Array =>
      wide({ places: ['right_upper'], amount: 12, options });
    expect(upper({ kind: 'by zone' })).toEqual(upper({ kind: 'apical' }));
    expect(upper({})).toEqual(upper({ kind: 'apical' }));
    expect(upper({ kind: 'diffuse' })).not.toEqual(upper({ kind: 'apical' }));
    const lower = wide({ places: ['right_lower'], amount: 12, options: { kind: 'by zone' } });
    expect(lower).toEqual(wide({ places: ['right_lower'], amount: 12, options: { kind: 'diffuse' } }));
  });

  it('is denser where it is calcified', () => {
    const options = { kind: 'plaque' };
    expect(Math.max(...wide({ options: { ...options, calcified: 'yes' } }))).toBeGreaterThan(
      Math.max(...wide({ options })) + 0.05,
    );
  });

  it('keeps to its mask and to what is painted', () => {
    const data = new Uint8Array(32 * 32);
    for (let y = 16; y < 22; y++) data.fill(255, y * 32, y * 32 + 16);
    const sketch = draw({ amount: 14, mask: { width: 32, height: 32, data } });
    expect(sketch.change.every((value, i) => value === 0 || (sketch.mask[i] as number) > 0)).toBe(true);
    const change = overImage(sketch, SIZE, SIZE);
    expect(
      change.every((value, i) => value === 0 || (i / SIZE > (15.4 / 32) * SIZE && i / SIZE < (22.6 / 32) * SIZE)),
    ).toBe(true);
    expect(totalOf(change)).toBeGreaterThan(1);
  });

  it('says why an apical cap cannot be drawn in a lower zone, and nothing in the mediastinum', () => {
    expect(() => draw({ places: ['right_lower'], options: { kind: 'apical' } })).toThrow(SketchImpossibleError);
    expect(() => draw({ places: ['mediastinum'] })).toThrow(/pleura/);
  });
});
