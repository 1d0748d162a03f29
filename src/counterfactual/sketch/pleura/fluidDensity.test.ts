import { expect, it } from 'vitest';
import { smoothChest, smoothFilm } from '../testing/chests';
import { layersOf } from './layers';
import { fluidHemithorax } from './fluidDensity';
import { solidHemithorax } from './solid';

it('fluid has no strip that is darker than what is right and left of it, also where the heart is denser than it', () => {
  const [chest, film] = [smoothChest(), smoothFilm()];
  const dense = film.values.map((value, cell) => value + 0.15 * (chest.heart.share.data[cell] as number));
  const layers = layersOf({ ...film, values: dense }, chest);
  const deepest = ({ data }: { readonly data: Float32Array }): number =>
    data.reduce((most, own, cell) => {
      const sides = Math.min(data[cell - 8] ?? own, data[cell + 8] ?? own);
      return (chest.left.depth.data[cell] as number) < 0 ? most : Math.max(most, sides - own);
    }, 0);
  expect(deepest(solidHemithorax(layers, chest, 'left'))).toBeGreaterThan(0.03);
  expect(deepest(fluidHemithorax(layers, chest, 'left'))).toBeLessThan(0.015);
});

it('fluid comes down to the density of an abdomen that is denser than the heart', () => {
  const [chest, film] = [smoothChest(), smoothFilm()];
  const base = Math.round(0.7 * film.width);
  const dense = film.values.map((value, cell) => value + (cell / film.width > base ? 0.15 : 0));
  const row = Math.round((chest.right.floor[70] as number) - 8);
  const at = (values: Float32Array): number => {
    const { data } = fluidHemithorax(layersOf({ ...film, values }, chest), chest, 'right');
    return (data[row * 256 + 70] as number) - (data[(row - 60) * 256 + 70] as number);
  };
  expect(at(dense)).toBeGreaterThan(at(film.values) + 0.02);
});

it('fluid has no notch where lung and what lies behind the heart meet, which was a thin dark line in it', () => {
  const [chest, film] = [smoothChest(), smoothFilm()];
  const { data } = fluidHemithorax(layersOf(film, chest), chest, 'left');
  const { depth } = chest.left;
  const { apex, costophrenic } = chest.left;
  let [looked, deepest] = [0, 0];
  const top = Math.round(apex.y + 0.7 * (costophrenic.y - apex.y));
  for (let y = top; y < costophrenic.y - 12; y++)
    for (let x = 128; x < 200; x++) {
      const cell = y * 256 + x;
      if (Math.abs(depth.data[cell] as number) > 3 || (chest.heart.share.data[cell - 6] as number) < 0.5) continue;
      looked++;
      deepest = Math.max(
        deepest,
        Math.min(data[cell - 3] as number, data[cell + 3] as number) - (data[cell] as number),
      );
    }
  expect(looked).toBeGreaterThan(20);
  // It was 0.006; what is left is the heart's own rim.
  expect(deepest).toBeLessThan(0.005);
});

it('fluid in the angle is as shallow as the abdomen below it, along the wall', () => {
  const [chest, film] = [smoothChest(), smoothFilm()];
  const { costophrenic } = chest.right;
  const below = Math.round((costophrenic.y + 3) * (film.height / 256));
  // A body that is thin along its side.
  const thin = film.values.map((value, cell) => {
    const x = ((cell % film.width) + 0.5) / film.width;
    return cell / film.width > below ? value - 0.3 * Math.max(0, 1 - (x - 0.12) / 0.12) : value;
  });
  const at = (values: Float32Array): number => {
    const { data } = fluidHemithorax(layersOf({ ...film, values }, chest), chest, 'right');
    return data[Math.round(costophrenic.y - 4) * 256 + Math.round(costophrenic.x) + 8] as number;
  };
  expect(at(thin)).toBeLessThan(at(film.values) - 0.02);
});

it('fluid takes nothing from a white margin of the film beyond the chest', () => {
  const [chest, film] = [smoothChest(), smoothFilm()];
  const heart = film.values.map((value, cell) => value + 0.15 * (chest.heart.share.data[cell] as number));
  const margin = heart.map((value, cell) => (cell % film.width < 4 ? 1 : value));
  const densities = (values: Float32Array): Float32Array =>
    fluidHemithorax(layersOf({ ...film, values }, chest), chest, 'right').data;
  const [without, beside] = [densities(heart), densities(margin)];
  const most = beside.reduce(
    (found, own, cell) =>
      (chest.right.depth.data[cell] as number) < 8 ? found : Math.max(found, Math.abs(own - (without[cell] as number))),
    0,
  );
  expect(most).toBeLessThan(0.01);
});
