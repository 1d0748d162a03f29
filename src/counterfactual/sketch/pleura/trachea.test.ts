import { expect, it } from 'vitest';
import { smoothChest, smoothFilm } from '../testing/chests';
import { meanAround } from '../testing/readings';
import { layersOf } from './layers';
import { tracheaAside } from './trachea';

const chest = smoothChest();
const bare = smoothFilm(256, 256, true);
const [middle, mm] = [0.5, chest.millimetresPerRow * 256];

/** A column of air of 16 mm before the spine, from the neck to the level of the arch. */
function withTrachea(values: Float32Array): Float32Array {
  return values.map((own, i) => {
    const [u, v] = [((i % 256) + 0.5) / 256, Math.floor(i / 256) / 256];
    return v < 0.36 && Math.abs(u - middle) * mm < 8 ? own - 0.15 : own;
  });
}

it.each([
  ['right', 1],
  ['left', -1],
] as const)('pushed from the %s, its air lies further away and what it covered is seen', (side, away) => {
  const film = { ...bare, values: withTrachea(bare.values) };
  const change = tracheaAside(layersOf(film, chest), chest, side, 10);
  const after = film.values.map((own, i) => own + (change.data[i] as number));
  const dark = (values: Float32Array, at: number): number =>
    meanAround(bare.values, 256, middle + (away * at) / mm, 0.24, 1) -
    meanAround(values, 256, middle + (away * at) / mm, 0.24, 1);
  expect(dark(film.values, 0)).toBeGreaterThan(0.13);
  expect(dark(after, 10)).toBeGreaterThan(0.1);
  expect(dark(after, -6)).toBeLessThan(0.05);
  expect(dark(film.values, -6)).toBeGreaterThan(0.1);
});

it('nothing changes where a film shows no air before the spine, and nothing below the main bronchi', () => {
  const change = (values: Float32Array): Float32Array =>
    tracheaAside(layersOf({ ...bare, values }, chest), chest, 'right', 10).data;
  expect(Math.max(...change(bare.values).map(Math.abs))).toBeLessThan(0.03);
  const below = change(withTrachea(bare.values)).subarray(Math.round(0.5 * 256) * 256);
  expect(below.every((value) => value === 0)).toBe(true);
});
