import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../../imaging/radiograph';
import { SketchImpossibleError } from '../errors';
import { fieldAt, type Box } from './field';
import { greysOf } from './greys';
import { lungDetail } from './lesion/detail';
import { othersOf } from './lesion/several';
import { mass } from './mass';
import { nodule } from './nodule';
import type { Sketch, SketchRequest } from './sketch';
import { smoothChest, smoothFilm } from './testing/chests';

const SIDE = 256;
const [image, chest] = [smoothFilm(SIDE, SIDE), smoothChest(SIDE, SIDE)];
const MIDDLE = { x: 0.28, y: 0.42 };

function ask(change: Partial<SketchRequest> = {}): SketchRequest {
  return { finding: 'nodule', places: [], severity: 2, seed: 3, options: {}, at: MIDDLE, ...change };
}

function draw(change: Partial<SketchRequest> = {}, film = image): Sketch {
  return nodule.draw({ image: film, chest }, ask(change));
}

const total = ({ change }: Sketch): number => change.reduce((sum, value) => sum + value, 0);

/** Near where the nodule is drawn. */
function isBeside(pixel: number): boolean {
  return Math.hypot((pixel % SIDE) / SIDE - MIDDLE.x, Math.floor(pixel / SIDE) / SIDE - MIDDLE.y) < 0.12;
}

function isHeart(pixel: number): boolean {
  return fieldAt(chest.heart.share, ((pixel % SIDE) + 0.5) / SIDE, (Math.floor(pixel / SIDE) + 0.5) / SIDE) > 0.5;
}

/** Mean of what is added in the middle. */
function coreOf(change: Float32Array, box: Box): number {
  const [x, y] = [MIDDLE.x * SIDE - box.x, MIDDLE.y * SIDE - box.y].map(Math.floor) as [number, number];
  const core = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => change[(y + down) * box.width + x + right]));
  return core.reduce<number>((sum, value) => sum + (value ?? NaN), 0) / 9;
}

/** Diameter of the round that covers as much as where density was added, in mm. */
function drawnMm({ change }: Sketch, rowsOfImage: number): number {
  const most = change.reduce((top, value) => Math.max(top, value), 0);
  const pixels = change.reduce((count, value) => count + (value > 0.25 * most ? 1 : 0), 0);
  return 2 * Math.sqrt(pixels / Math.PI) * ((chest.millimetresPerRow * 256) / rowsOfImage);
}

function disc(x: number, y: number, radius: number): Mask {
  const data = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < data.length; i++)
    if (Math.hypot((i % SIDE) + 0.5 - x * SIDE, Math.floor(i / SIDE) + 0.5 - y * SIDE) < radius) data[i] = 255;
  return { width: SIDE, height: SIDE, data };
}

describe('a drawn nodule', () => {
  it('is as dense over bone as over lung', () => {
    const most = ({ change }: Sketch): number => change.reduce((top, value) => Math.max(top, value), 0);
    const step = greysOf(image, chest).heart - greysOf(image, chest).lung;
    const bone = { ...image, values: image.values.map((value) => value + 0.6 * step) };
    // The heart's grey rises with the film's: put it back, so that only what lies behind the nodule is brighter.
    const over = {
      ...image,
      values: image.values.map((value, at) => (isBeside(at) ? (bone.values[at] as number) : value)),
    };
    expect(most(draw({ amount: 30 }))).toBeGreaterThan(2 * lungDetail(image, chest));
    expect(most(draw({ amount: 30 }, over)) / most(draw({ amount: 30 }))).toBeGreaterThan(0.75);
  });

  it.each([
    [12, 0.8, 3.2],
    [17, 1.5, 3.5],
    [25, 1.5, 4.3],
    [40, 2.6, 5.7],
  ])('of %i mm stands out as real ones do: between their quartiles', (amount, low, high) => {
    // In standard deviations of what the lungs of the film show; decision 183 has the table.
    const sketcher = amount > 30 ? mass : nodule;
    for (const contrast of [0.6, 1]) {
      const film = { ...image, values: image.values.map((value) => 0.3 + contrast * (value - 0.3)) };
      const detail = lungDetail(film, chest);
      for (const seed of [1, 2, 3]) {
        const { change, box } = sketcher.draw({ image: film, chest }, ask({ amount, seed }));
        const stands = coreOf(change, box) / detail;
        expect(stands).toBeGreaterThan(low);
        expect(stands).toBeLessThan(high);
      }
    }
  });

  it('does not burn white on a film of much contrast', () => {
    const inLung = (pixel: number): boolean => {
      const [x, y] = [((pixel % SIDE) + 0.5) / SIDE, (Math.floor(pixel / SIDE) + 0.5) / SIDE];
      return Math.max(fieldAt(chest.right.share, x, y), fieldAt(chest.left.share, x, y)) > 0.5;
    };
    const spotted = (value: number, pixel: number): number =>
      inLung(pixel) ? value + 0.25 * Math.sin((pixel % SIDE) / 2) * Math.sin(Math.floor(pixel / SIDE) / 2) : value;
    const harsh = { ...image, values: image.values.map(spotted) };
    const { change, box } = mass.draw({ image: harsh, chest }, ask({ amount: 70 }));
    const most = change.reduce((top, value, at) => {
      const pixel = (box.y + Math.floor(at / box.width)) * SIDE + box.x + (at % box.width);
      return value > 0 ? Math.max(top, value + (harsh.values[pixel] as number)) : top;
    }, 0);
    expect(most).toBeGreaterThan(greysOf(harsh, chest).heart);
    expect(most).toBeLessThan(0.97);
  });

  it('stands out by what the lungs show, not by how dense the heart is', () => {
    const flat = { ...image, values: image.values.map((value, at) => (isHeart(at) ? value - 0.2 : value)) };
    const step = (film: typeof image): number => greysOf(film, chest).heart - greysOf(film, chest).lung;
    expect(step(flat)).toBeLessThan(0.7 * step(image));
    const [whole, less] = [image, flat].map((film) => {
      const { change, box } = draw({ amount: 20 }, film);
      return coreOf(change, box);
    }) as [number, number];
    expect(less / whole).toBeGreaterThan(0.9);
  });

  it('is barely visible or conspicuous as asked, of whatever density', () => {
    for (const density of ['solid', 'part-solid', 'calcified']) {
      const [subtle, usual, obvious] = ['subtle', 'usual', 'obvious'].map((conspicuity) =>
        total(draw({ amount: 20, options: { density, conspicuity } })),
      ) as [number, number, number];
      expect(subtle).toBeLessThan(0.8 * usual);
      expect(obvious).toBeGreaterThan(1.2 * usual);
    }
  });

  it.each(['smooth', 'lobulated', 'spiculated'])('has the diameter asked with a %s margin', (margin) => {
    for (const amount of [14, 30]) {
      const sketch = draw({ amount, options: { margin } });
      expect(sketch.figures.amount).toBe(amount);
      expect(drawnMm(sketch, SIDE) / amount).toBeGreaterThan(0.82);
      expect(drawnMm(sketch, SIDE) / amount).toBeLessThan(1.18);
    }
  });

  it('adds more the larger it is asked', () => {
    const sums = [0.5, 1.5, 3].map((severity) => total(draw({ severity })));
    sums.slice(1).forEach((sum, i) => expect(sum).toBeGreaterThan(sums[i] as number));
  });

  it('is as dense as its kind: calcified above solid above part-solid above hollow', () => {
    const sums = ['calcified', 'solid', 'part-solid', 'cavitating'].map((density) =>
      total(draw({ amount: 28, options: { density } })),
    );
    expect([...sums].sort((a, b) => b - a).slice(0, 2)).toEqual(sums.slice(0, 2));
    expect(sums[1]).toBeGreaterThan(sums[3] as number);
  });

  it('is hollow in the middle where it cavitates, with fluid below a level', () => {
    const options = { density: 'cavitating' };
    const middle = ({ change, box }: Sketch, down: number): number =>
      change[Math.round(box.height * (0.5 + down)) * box.width + (box.width >> 1)] as number;
    const [solid, air, fluid] = [
      draw({ amount: 30 }),
      draw({ amount: 30, options }),
      draw({ amount: 30, options: { ...options, fluid: 'level' } }),
    ];
    expect(middle(air, 0)).toBeLessThan(0.5 * middle(solid, 0));
    expect(air.figures['wallMm']).toBeGreaterThan(2);
    expect(total(fluid)).toBeGreaterThan(total(air));
  });

  it('has other shapes and places by other seeds, and the same by the same', () => {
    const [one, again, other] = [draw(), draw(), draw({ seed: 4 })];
    expect(again.change).toEqual(one.change);
    expect(other.change).not.toEqual(one.change);
    const places = [1, 2, 3].map(
      (seed) =>
        nodule.draw({ image, chest }, { finding: 'nodule', places: ['right_mid'], severity: 2, seed, options: {} })
          .figures['centreX'],
    );
    expect(new Set(places).size).toBe(3);
  });

  it('is one of several of different sizes where several are asked: none larger, none on another, all in the zones named', () => {
    const request = ask({ amount: 24, places: ['left_upper', 'left_mid', 'left_lower'] });
    const { at: _, ...unplaced } = request;
    const [one, several, many] = ['one', 'several', 'many'].map((number) =>
      nodule.draw({ image, chest }, { ...unplaced, options: { number } }),
    ) as [Sketch, Sketch, Sketch];
    expect(one.figures['lesions']).toBeUndefined();
    expect(several.figures['lesions']).toBe(6);
    expect(several.figures.amount).toBe(24);
    expect(many.figures['lesions']).toBeGreaterThan(8);
    expect(total(several)).toBeGreaterThan(1.3 * total(one));
    expect(total(many)).toBeGreaterThan(total(several));
    for (const seed of [1, 2, 3]) {
      const first = { x: 0.7, y: 0.4, diameterMm: 24 };
      const others = othersOf({ image, chest }, { ...unplaced, seed }, first, { number: 'many', leastMm: 5 });
      [first, ...others].forEach((each, index, all) => {
        expect(each.diameterMm).toBeGreaterThanOrEqual(5);
        expect(each.diameterMm).toBeLessThanOrEqual(24);
        expect(fieldAt(chest.left.share, each.x, each.y)).toBeGreaterThan(0.4);
        for (const other of all.slice(index + 1)) {
          const gap = Math.hypot((each.x - other.x) * chest.aspect, each.y - other.y) * 256 * chest.millimetresPerRow;
          expect(gap).toBeGreaterThan((each.diameterMm + other.diameterMm) / 2);
        }
      });
    }
  });

  it('lies in the zone that is named, whatever the seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.constantFrom('right_upper', 'right_mid', 'left_mid', 'left_lower' as const),
        (seed, place) => {
          const { figures } = nodule.draw(
            { image, chest },
            { finding: 'nodule', places: [place], severity: 1, seed, options: {} },
          );
          const lung = place.startsWith('right') ? chest.right : chest.left;
          expect(fieldAt(lung.share, figures['centreX'] as number, figures['centreY'] as number)).toBeGreaterThan(0.45);
        },
      ),
      { numRuns: 5 },
    );
  });

  it('shows the same shape at twice the resolution', () => {
    const [small, large] = [
      draw({ amount: 25 }),
      nodule.draw({ image: smoothFilm(2 * SIDE, 2 * SIDE), chest }, ask({ amount: 25 })),
    ];
    expect(total(large) / 4 / total(small)).toBeCloseTo(1, 1);
    expect(drawnMm(large, 2 * SIDE)).toBeCloseTo(drawnMm(small, SIDE), -0.5);
  });

  it('changes nothing where its mask is 0, nor outside what was painted', () => {
    const mask = disc(MIDDLE.x, MIDDLE.y, 9);
    const { at: _, ...request } = ask({ mask, amount: 30 });
    for (const asked of [request, ask({ mask, amount: 30 })]) {
      const sketch = nodule.draw({ image, chest }, asked);
      sketch.change.forEach((value, i) => {
        const [x, y] = [sketch.box.x + (i % sketch.box.width), sketch.box.y + Math.floor(i / sketch.box.width)];
        if (sketch.mask[i] === 0 || mask.data[y * SIDE + x] === 0) expect(value).toBe(0);
      });
    }
    // A painted place smaller than what is asked holds a smaller nodule.
    expect(nodule.draw({ image, chest }, request).figures.amount).toBeLessThan(30);
  });

  it('keeps what it lies over: the film shows through', () => {
    const bare = smoothFilm(SIDE, SIDE, true);
    const [over, alone] = [draw({ amount: 30 }), draw({ amount: 30 }, bare)];
    expect(over.box).toEqual(alone.box);
    // Ribs and vessels are what the films differ by; the nodule's own slope, steeper than theirs, is in both.
    let [product, before, after] = [0, 0, 0];
    over.change.forEach((value, i) => {
      if (i === 0 || (over.mask[i] as number) < 250) return;
      const pixel = (over.box.y + Math.floor(i / over.box.width)) * SIDE + over.box.x + (i % over.box.width);
      const marks = (at: number): number => (image.values[at] as number) - (bare.values[at] as number);
      const was = marks(pixel) - marks(pixel - 1);
      const is =
        was + value - (over.change[i - 1] as number) - ((alone.change[i] as number) - (alone.change[i - 1] as number));
      [product, before, after] = [product + was * is, before + was * was, after + is * is];
    });
    expect(product / Math.sqrt(before * after)).toBeGreaterThan(0.95);
    expect(product / before).toBeGreaterThan(0.8);
    expect(product / before).toBeLessThan(1.1);
  });

  it('is refused outside the lungs, in the mediastinum, and where too little was painted, with what to do instead', () => {
    for (const change of [{ at: { x: 0.02, y: 0.5 } }, { at: { x: 0.53, y: 0.62 } }])
      expect(() => draw(change)).toThrow(SketchImpossibleError);
    expect(() =>
      nodule.draw({ image, chest }, { finding: 'nodule', places: ['mediastinum'], severity: 1, seed: 1, options: {} }),
    ).toThrow(/lies in a lung/);
    const { at: _, ...painted } = ask({ mask: disc(MIDDLE.x, MIDDLE.y, 1.2) });
    expect(() => nodule.draw({ image, chest }, painted)).toThrow(/too small/);
  });
});

describe('a drawn mass', () => {
  it('is larger and stands out more than a nodule, and ends at the wall of the chest', () => {
    const at = { x: (chest.right.lateral[110] as number) / 256 + 0.02, y: 110 / 256 };
    const large = mass.draw({ image, chest }, ask({ finding: 'mass', at, amount: 70 }));
    expect(total(large)).toBeGreaterThan(2 * total(draw({ amount: 30 })));
    large.change.forEach((value, i) => {
      const x = large.box.x + (i % large.box.width) + 0.5;
      const row = Math.floor(((large.box.y + Math.floor(i / large.box.width) + 0.5) / SIDE) * 256);
      if ((x / SIDE) * 256 < (chest.right.lateral[row] as number) - 4) expect(value).toBe(0);
    });
  });
});
