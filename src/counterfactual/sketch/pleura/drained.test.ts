import { describe, expect, it } from 'vitest';
import { SketchImpossibleError } from '../../errors';
import type { DensityImage } from '../density';
import type { Sketch, Sketcher, SketchRequest } from '../sketch';
import { smoothChest, smoothFilm } from '../testing/chests';
import { wholeChange } from '../testing/measures';
import { clearLungOf } from './clearLung';
import { effusion } from './effusion';
import { layersOf } from './layers';
import { lungSpace } from './lungSpace';

const SIZE = 256;
const chest = smoothChest(SIZE, SIZE);
const film = smoothFilm(SIZE, SIZE);

const plus = (image: DensityImage, sketch: Sketch): DensityImage => {
  const change = wholeChange(sketch, SIZE, SIZE);
  return { ...image, values: image.values.map((value, at) => value + (change[at] as number)) };
};

const request = (sketcher: Sketcher, changes: Partial<SketchRequest>): SketchRequest => ({
  finding: sketcher.finding,
  places: ['right_lower'],
  severity: 2,
  seed: 1,
  options: {},
  ...changes,
});

const away = (sketcher: Sketcher, image: DensityImage, changes: Partial<SketchRequest> = {}): Sketch =>
  sketcher.draw({ image, chest }, request(sketcher, { severity: 0, amount: 0, remove: true, ...changes }));

/** Mean difference from the film as it was, over what the drawing covers well. */
function distance(image: DensityImage, drawn: Sketch): number {
  let [sum, count] = [0, 0];
  drawn.mask.forEach((share, at) => {
    if (share < 128) return;
    const pixel = (drawn.box.y + Math.floor(at / drawn.box.width)) * SIZE + drawn.box.x + (at % drawn.box.width);
    sum += Math.abs((image.values[pixel] as number) - (film.values[pixel] as number));
    count++;
  });
  return sum / count;
}

/** Painted from one column to another. */
function painted(fromX: number, toX: number): NonNullable<SketchRequest['mask']> {
  const mask = { width: SIZE, height: SIZE, data: new Uint8Array(SIZE * SIZE) };
  for (let y = 40; y < 200; y++) mask.data.fill(255, y * SIZE + fromX, y * SIZE + toX);
  return mask;
}

describe('an effusion drained without being told of the drawing', () => {
  const sketch = effusion.draw({ image: film, chest }, request(effusion, { amount: 0.4 }));
  const drawn = plus(film, sketch);

  it('comes nearer to the film as it was', () => {
    const taken = plus(drawn, away(effusion, drawn));
    expect(distance(taken, sketch)).toBeLessThan(0.35 * distance(drawn, sketch));
  });

  it('is found on its own side where none is named', () => {
    const found = wholeChange(away(effusion, drawn, { places: [] }), SIZE, SIZE);
    const [right, left] = [0, 1].map((half) =>
      found.reduce(
        (sum, value, at) => (Math.floor((2 * (at % SIZE)) / SIZE) === half ? sum + Math.abs(value) : sum),
        0,
      ),
    ) as [number, number];
    expect(right).toBeGreaterThan(20 * left);
  });

  it('changes nothing outside what is painted', () => {
    const mask = painted(30, 60);
    const change = wholeChange(away(effusion, drawn, { places: [], mask }), SIZE, SIZE);
    expect(change.every((value, at) => value === 0 || mask.data[at] === 255)).toBe(true);
    expect(change.some((value) => value !== 0)).toBe(true);
  });

  it('is not found where there is none, or as much on both sides, as breasts are', () => {
    expect(() => away(effusion, film, { places: [] })).toThrow(SketchImpossibleError);
    const both = request(effusion, { amount: 0.3, places: ['right_lower', 'left_lower'] });
    const bilateral = plus(film, effusion.draw({ image: film, chest }, both));
    expect(() => away(effusion, bilateral, { places: [] })).toThrow('stands out');
    expect(() => away(effusion, bilateral, { places: ['right_lower'], mask: painted(20, 110) })).not.toThrow();
  });
});

/** The film with `add` on top of it, by fractions of the image. */
const denser = (add: (u: number, v: number) => number): DensityImage => ({
  ...film,
  values: film.values.map((value, at) =>
    Math.min(0.75, value + add(((at % SIZE) + 0.5) / SIZE, (Math.floor(at / SIZE) + 0.5) / SIZE)),
  ),
});

describe('what is no free fluid, or tells nothing', () => {
  it('leaves what stands beside the heart above a base whose angle at the wall is clear', () => {
    const besideHeart = denser((u, v) => (u > 0.24 && u < 0.5 && v > 0.45 && v < 0.8 ? 0.5 : 0));
    expect(() => away(effusion, besideHeart, { places: [] })).toThrow('No fluid was found');
    const atWall = denser((u, v) => (u < 0.5 && v > 0.55 && v < 0.8 ? 0.5 : 0));
    expect(() => away(effusion, atWall, { places: [] })).not.toThrow();
  });

  it('says so where a whole lung is white', () => {
    const white = denser((u, v) => (u < 0.5 && v < 0.85 ? 0.5 : 0));
    expect(() => away(effusion, white, { places: ['right_lower'] })).toThrow('Hardly anything of that lung is seen');
  });

  it('hangs no pit beside the heart where the outline does', () => {
    const layers = layersOf(
      denser((u, v) => (u < 0.5 && v > 0.55 && v < 0.8 ? 0.5 : 0)),
      chest,
    );
    const floor = chest.right.floor.map((row, x) => (x > 56 && x < 100 ? row + 40 : row));
    const hanging = { ...chest, right: { ...chest.right, floor } };
    const base = lungSpace(hanging, 'right', clearLungOf(layers, hanging, 'right')).floor;
    const atWall = base[45] as number;
    for (let x = 50; x < 105; x++) expect(base[x]).toBeLessThan(atWall + 10);
  });
});

describe('an effusion that becomes less', () => {
  it('leaves fluid up to the level asked', () => {
    const drawn = plus(film, effusion.draw({ image: film, chest }, request(effusion, { amount: 0.5 })));
    const [none, some] = [0, 0.2].map((amount) => wholeChange(away(effusion, drawn, { amount }), SIZE, SIZE)) as [
      Float32Array,
      Float32Array,
    ];
    const total = (change: Float32Array): number => change.reduce((sum, value) => sum - Math.min(0, value), 0);
    expect(total(some)).toBeGreaterThan(0.3 * total(none));
    expect(total(some)).toBeLessThan(0.9 * total(none));
  });
});
