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
