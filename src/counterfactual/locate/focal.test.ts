import { describe, expect, it } from 'vitest';
import { GRID_CELLS, lungMap, zonesToRegions } from '../../findings/regions';
import { ZONES } from '../../findings/vocabulary';
import type { Radiograph } from '../../imaging/radiograph';
import { fieldAt } from '../sketch/field';
import { smoothFilm, smoothProbabilities } from '../sketch/testing/chests';
import { fakeRadiograph } from '../testing/fakes';
import { focalCandidates, focalMask, isFocal } from './focal';

const [WIDTH, HEIGHT] = [300, 360];
const regions = zonesToRegions(smoothProbabilities());

/** A chest with round dense places: fractions of the image, and radii in pixels. */
function filmWith(places: readonly { readonly x: number; readonly y: number; readonly radius: number }[]): Radiograph {
  const { values } = smoothFilm(WIDTH, HEIGHT);
  const film = fakeRadiograph(WIDTH, HEIGHT, 12);
  const pixels = Uint16Array.from(values, (value, i) => {
    const added = places.reduce((sum, { x, y, radius }) => {
      const far = Math.hypot((i % WIDTH) - x * WIDTH, Math.floor(i / WIDTH) - y * HEIGHT) / radius;
      return sum + 0.25 * Math.sqrt(Math.max(0, 1 - far * far));
    }, 0);
    return Math.round(Math.min(1, Math.max(0, value + added)) * 4095);
  });
  return { ...film, pixels, window: { windowCenter: 2048, windowWidth: 4096 } };
}

const search = (radiograph: Radiograph, places = ZONES, opacityMap = new Float32Array(GRID_CELLS)) =>
  focalCandidates({ radiograph, regions, opacityMap }, places, 'nodule');

describe('looking for a nodule', () => {
  const nodule = { x: 0.3, y: 0.45, radius: 11 };
  const [first, ...others] = search(filmWith([nodule]));

  it('finds the round dense place first, though ribs and vessels are as bright', () => {
    expect(Math.abs((first?.x ?? 0) - nodule.x)).toBeLessThan(0.02);
    expect(Math.abs((first?.y ?? 0) - nodule.y)).toBeLessThan(0.02);
    expect(others.every(({ chance }) => chance <= (first?.chance ?? 0))).toBe(true);
  });

  it('outlines all of it, and little beside it', () => {
    if (first === undefined) throw new Error('nothing was found');
    const { data, width, height } = focalMask(first, { width: WIDTH, height: HEIGHT });
    expect([width, height]).toEqual([WIDTH, HEIGHT]);
    const far = (i: number) =>
      Math.hypot((i % WIDTH) + 0.5 - nodule.x * WIDTH, Math.floor(i / WIDTH) + 0.5 - nodule.y * HEIGHT);
    const inside = [...data.keys()].filter((i) => data[i] === 255);
    const own = [...data.keys()].filter((i) => far(i) < 0.9 * nodule.radius);
    expect(own.filter((i) => data[i] === 255).length / own.length).toBeGreaterThan(0.95);
    expect(Math.max(...inside.map(far))).toBeLessThan(2.2 * nodule.radius);
  });

  it('looks only where it is told to', () => {
    const right = search(filmWith([nodule, { x: 0.72, y: 0.5, radius: 11 }]), [
      'left_upper',
      'left_mid',
      'left_lower',
    ] as never);
    expect(right.length).toBeGreaterThan(0);
    expect(right.every(({ x }) => x > 0.5)).toBe(true);
  });

  it('holds what the reader sees as opacity for likelier', () => {
    const film = filmWith([nodule]);
    const seen = search(film, ZONES, new Float32Array(GRID_CELLS).fill(0.8))[0];
    expect(seen?.chance).toBeGreaterThan(first?.chance ?? 1);
  });

  it('offers nothing where there is no lung, and in an even film', () => {
    const film = filmWith([nodule]);
    const nowhere = focalCandidates(
      { radiograph: film, regions: regions.map(() => 0), opacityMap: new Float32Array(GRID_CELLS) },
      ZONES,
      'nodule',
    );
    expect(nowhere).toEqual([]);
    expect(search({ ...film, pixels: new Uint16Array(WIDTH * HEIGHT).fill(900) })).toEqual([]);
  });

  it('never outlines the chest wall, the air around it, or more than a nodule is', () => {
    // A bright disc over the edge of the chest, as a shoulder or a breast makes one: its middle is still lung.
    const edge = [
      { x: 0.14, y: 0.55, radius: 40 },
      { x: 0.13, y: 0.5, radius: 14 },
    ];
    const lung = lungMap(regions);
    const share = (i: number) => {
      const [x, y] = [((i % WIDTH) + 0.5) / WIDTH, (Math.floor(i / WIDTH) + 0.5) / HEIGHT];
      return fieldAt({ width: 32, height: 32, data: lung }, x, y);
    };
    const offered = edge.flatMap((each) => [...search(filmWith([each, nodule]))]);
    expect(offered.length).toBeGreaterThan(0);
    for (const each of offered) {
      const { data } = focalMask(each, { width: WIDTH, height: HEIGHT });
      const inside = [...data.keys()].filter((i) => data[i] === 255);
      expect(inside.filter((i) => share(i) > 0.4).length / inside.length).toBeGreaterThan(0.6);
      // Both lungs of this chest are 0.76 of the width, 290 mm: a nodule and its margin are less than 38 mm.
      const columns = inside.map((i) => i % WIDTH);
      expect(((Math.max(...columns) - Math.min(...columns)) * 290) / (0.76 * WIDTH)).toBeLessThan(40);
    }
  });

  it('holds a large disc for a mass, and for no nodule', () => {
    const large = { x: 0.3, y: 0.45, radius: 38 };
    const film = filmWith([large]);
    const near = ({ x, y }: { readonly x: number; readonly y: number }) =>
      Math.hypot((x - large.x) * WIDTH, (y - large.y) * HEIGHT) < 10;
    const masses = focalCandidates(
      { radiograph: film, regions, opacityMap: new Float32Array(GRID_CELLS) },
      ZONES,
      'mass',
    );
    expect(masses.some(near)).toBe(true);
    expect(search(film).some(near)).toBe(false);
  });

  it('is for what lies in one place', () => {
    expect([isFocal('nodule'), isFocal('mass'), isFocal('lung_opacity'), isFocal('effusion')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
