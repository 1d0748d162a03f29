import { describe, expect, it } from 'vitest';
import { SketchImpossibleError } from '../errors';
import { cardiomegaly } from './cardiomegaly';
import type { DensityImage } from './density';
import { fieldIn, smoothstep } from './field';
import type { Sketch, SketchRequest } from './sketch';
import { smoothChest, smoothFilm } from './testing/chests';

const SIDE = 300;
const chest = smoothChest(SIDE, SIDE);
const image = heartFilm(SIDE);

/** The film of the tests with its heart as dense over the lung as it is beside it, its ribs fainter there. */
function heartFilm(side: number): DensityImage {
  const film = smoothFilm(side, side);
  const heart = fieldIn(chest.heart.share, { x: 0, y: 0, width: side, height: side }, side, side);
  return {
    ...film,
    values: film.values.map(
      (value, i) => value + (0.7 + 0.3 * (value - 0.45) - value) * smoothstep(0.35, 0.65, heart[i] as number),
    ),
  };
}

function draw(change: Partial<SketchRequest> = {}, film = image): Sketch {
  return cardiomegaly.draw(
    { image: film, chest },
    { finding: 'cardiomegaly', places: ['mediastinum'], severity: 2, seed: 1, options: {}, ...change },
  );
}

function valueAt({ box, change }: Sketch, x: number, y: number): number {
  const [i, j] = [Math.round(x) - box.x, Math.round(y) - box.y];
  return i < 0 || j < 0 || i >= box.width || j >= box.height ? 0 : (change[j * box.width + i] as number);
}

/** Width of what is as dense as the heart on the heart's widest rows, in pixels. */
function heartWidth(sketch?: Sketch): number {
  let widest = 0;
  for (let y = Math.round(0.55 * SIDE); y < 0.68 * SIDE; y++) {
    const smooth = (x: number): number =>
      [-2, -1, 0, 1, 2].reduce(
        (sum, dy) =>
          sum + (image.values[(y + dy) * SIDE + x] as number) + (sketch === undefined ? 0 : valueAt(sketch, x, y + dy)),
        0,
      ) / 5;
    let [left, right] = [Math.round(0.53 * SIDE), Math.round(0.53 * SIDE)];
    while (left > 0 && smooth(left) > 0.45) left--;
    while (right < SIDE && smooth(right) > 0.45) right++;
    widest = Math.max(widest, right - left);
  }
  return widest;
}

const wider = (sketch: Sketch): number => (heartWidth(sketch) - heartWidth()) / ((chest.thoracicWidth / 256) * SIDE);

describe('a drawn enlarged heart', () => {
  it('is as wide as the ratio asked, larger or smaller', () => {
    for (const by of [-0.03, 0.06, 0.12]) {
      const amount = chest.cardiothoracicRatio + by;
      const sketch = draw({ amount });
      expect(Math.abs(sketch.figures.amount - amount)).toBeLessThan(0.01);
      expect(Math.abs(wider(sketch) - by)).toBeLessThan(0.035);
    }
  });

  it('that is as wide as asked already is refused, and a narrower one where paint bounds it', () => {
    const own = chest.cardiothoracicRatio;
    const asked = (amount: number, painted: boolean) => () => cardiomegaly.requireChange?.(chest, amount, painted);
    const message = `This heart already takes ${own.toFixed(2)} of the width of the thorax.`;
    for (const refused of [asked(own, false), asked(own, true), asked(own - 0.1, true)])
      expect(refused).toThrow(expect.objectContaining({ code: 'sketch-impossible', message }));
    expect(asked(own - 0.1, true)).toThrow(
      expect.objectContaining({ advice: expect.stringContaining('clear the mask') as string }),
    );
    for (const by of [-0.1, -0.01, 0.05]) expect(asked(own + by, false)).not.toThrow();
  });

  it('goes, drawn back to the ratio that may be left, and is never made larger by that', () => {
    const amount = chest.cardiothoracicRatio - 0.04;
    const sketch = draw({ remove: true, amount, severity: 0 });
    expect(sketch.figures.amount).toBeCloseTo(amount, 2);
    expect(sketch.figures['ratioBefore']).toBe(chest.cardiothoracicRatio);
    expect(wider(sketch)).toBeLessThan(-0.01);
    const small = draw({ remove: true, amount: chest.cardiothoracicRatio + 0.05, severity: 0 });
    expect(small.change.every((value) => value === 0)).toBe(true);
    expect(small.figures.amount).toBe(chest.cardiothoracicRatio);
  });

  it('grows with severity, mostly to the left', () => {
    const sketches = [2, 2.5, 3].map((severity) => draw({ severity }));
    const widths = sketches.map((sketch) => sketch.figures.amount);
    expect([...widths].sort((a, b) => a - b)).toEqual(widths);
    for (const { figures } of sketches)
      expect(figures['leftBorderMm']).toBeGreaterThan(figures['rightBorderMm'] as number);
  });

  it('comes down to an apex low and far out: half of the way down it has moved by less than three quarters of what it has there', () => {
    const bottom = 0.65 * 256;
    const shiftAt = (share: number, amount: number): number => {
      const sketch = draw({ amount, seed: 3 });
      const row = Math.round(chest.heart.top + share * (bottom - chest.heart.top));
      const [y, border] = [Math.round((row / 256) * SIDE), (chest.left.medial[row] as number) * (SIDE / 256)];
      let x = SIDE - 1;
      while (x > border && valueAt(sketch, x, y) < 0.15) x--;
      return x - border;
    };
    for (const by of [0.08, 0.14]) {
      const amount = chest.cardiothoracicRatio + by;
      expect(shiftAt(0.9, amount)).toBeGreaterThan(5);
      expect(shiftAt(0.45, amount)).toBeLessThan(0.75 * shiftAt(0.9, amount));
    }
  });

  it('is as dense where it is new as it was inside, though its old border was thin', () => {
    // A heart whose outer 30 pixels let half of the beam's tissue through, as a small one in dark lungs.
    const { left } = chest;
    const edge = (x: number, y: number): number => {
      const row = Math.min(255, Math.round((y / SIDE) * 256));
      return ((left.medial[row] as number) / 256) * SIDE - x;
    };
    const thin = image.values.map((value, i) => {
      const within = edge(i % SIDE, Math.floor(i / SIDE));
      return value - (within > 0 ? 0.2 * smoothstep(30, 5, within) * smoothstep(0, 2, within) : 0);
    });
    const film = { ...image, values: thin };
    const grown = draw({ amount: chest.cardiothoracicRatio + 0.12 }, film);
    const y = Math.round(0.62 * SIDE);
    const border = (left.medial[Math.round(0.62 * 256)] as number) * (SIDE / 256);
    const at = (x: number): number =>
      [-4, 0, 4].reduce(
        (sum, dy) => sum + (thin[(y + dy) * SIDE + Math.round(x)] as number) + valueAt(grown, x, y + dy),
        0,
      ) / 3;
    const inside = at(border - 40);
    expect(inside - at(border)).toBeLessThan(0.1);
  });

  it('leaves ribs where they are: what is drawn varies little along a lung’s ribs', () => {
    const sketch = draw({ amount: chest.cardiothoracicRatio + 0.1 });
    const column = Math.round(((chest.heart.right + 1) / 256) * SIDE);
    const rows = Array.from({ length: 24 }, (_, k) => Math.round(0.6 * SIDE) + k);
    const detail = (value: (y: number) => number): number =>
      Math.sqrt(rows.reduce((sum, y) => sum + (value(y) - (value(y - 4) + value(y + 4)) / 2) ** 2, 0) / rows.length);
    const film = detail((y) => image.values[y * SIDE + column] as number);
    const after = detail((y) => (image.values[y * SIDE + column] as number) + valueAt(sketch, column, y));
    expect(after).toBeGreaterThan(0.25 * film);
    expect(after).toBeLessThan(1.1 * film);
  });

  it('is not as grainy as the lung that it comes over, on a film of many pixels', () => {
    const side = 900;
    const fine = heartFilm(side);
    const grainy: DensityImage = {
      ...fine,
      values: fine.values.map((value, i) => value + 0.02 * (((i * 7919) % 13) / 6 - 1)),
    };
    const { box, change } = draw({ severity: 3 }, grainy);
    const rough = (added: (at: number) => number): number => {
      let [sum, count] = [0, 0];
      for (let at = 0; at < change.length - 1; at++) {
        // Where heart came over lung.
        if ((change[at] as number) < 0.12 || (change[at + 1] as number) < 0.12 || (at + 1) % box.width === 0) continue;
        const pixel = (box.y + Math.floor(at / box.width)) * side + box.x + (at % box.width);
        const own = (offset: number): number => (grainy.values[pixel + offset] as number) + added(at + offset);
        [sum, count] = [sum + (own(1) - own(0)) ** 2, count + 1];
      }
      return Math.sqrt(sum / count);
    };
    const [lung, heart] = [rough(() => 0), rough((at) => change[at] as number)];
    expect(heart).toBeLessThan(0.8 * lung);
    expect(heart).toBeGreaterThan(0.2 * lung);
  });

  it('touches neither the upper lungs nor what its mask leaves out', () => {
    const sketch = draw({ amount: chest.cardiothoracicRatio + 0.12 });
    expect(sketch.change.every((value, i) => value === 0 || sketch.mask[i] !== 0)).toBe(true);
    expect(sketch.box.y).toBeGreaterThan(((chest.heart.top - 10) / 256) * SIDE);
    const left = {
      width: SIDE,
      height: SIDE,
      data: Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i % SIDE > SIDE / 2 ? 255 : 0)),
    };
    const bounded = draw({ amount: chest.cardiothoracicRatio + 0.12, mask: left });
    expect(bounded.change.every((value, i) => value === 0 || bounded.box.x + (i % bounded.box.width) > SIDE / 2)).toBe(
      true,
    );
  });

  it('has another shape by another seed, and the same at twice the resolution', () => {
    const amount = chest.cardiothoracicRatio + 0.1;
    expect(draw({ amount, seed: 2 }).change).not.toEqual(draw({ amount }).change);
    const total = ({ change }: Sketch): number => change.reduce((sum, value) => sum + value, 0);
    const [small, large] = [300, 600].map((side) => total(draw({ amount }, heartFilm(side))) / side ** 2) as [
      number,
      number,
    ];
    expect(large / small).toBeGreaterThan(0.88);
    expect(large / small).toBeLessThan(1.12);
  });

  it('says so where the heart already has the ratio, and where another place is asked', () => {
    expect(() => draw({ amount: chest.cardiothoracicRatio })).toThrow(SketchImpossibleError);
    expect(() => draw({ places: ['left_upper'] })).toThrow(/mediastinum/);
  });
});
