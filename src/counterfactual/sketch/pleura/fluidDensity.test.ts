import { expect, it } from 'vitest';
import { smoothChest, smoothFilm } from '../testing/chests';
import { layersOf } from './layers';
import { fluidHemithorax, solidHemithorax } from './solid';

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
