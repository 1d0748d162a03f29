import { expect, it } from 'vitest';
import { smoothChest, smoothFilm } from '../testing/chests';
import { layersOf } from './layers';
import { grainBeside, quietGrain } from './quietGrain';

it('lends as much grain as the own lacks: all where there is none, none where there is enough', () => {
  const [chest, smooth] = [smoothChest(), smoothFilm()];
  const film = { ...smooth, values: smooth.values.map((value, cell) => value + 0.01 * Math.sin(7919 * cell * cell)) };
  const layers = layersOf(film, chest);
  const box = { x: 20, y: 30, width: 60, height: 40 };
  const strength = (own: number): number => {
    const rows = grainBeside(film, layers, chest, box, own);
    return rows(8, 0, box.width).reduce((sum, value) => sum + Math.abs(value), 0) / box.width;
  };
  const whole =
    quietGrain(film, layers, chest, box)(8, 0, box.width).reduce((sum, value) => sum + Math.abs(value), 0) / box.width;
  expect(whole).toBeGreaterThan(0.001);
  expect(strength(0)).toBeCloseTo(whole, 8);
  expect(strength(0.5 * whole)).toBeLessThan(0.98 * whole);
  expect(strength(0.5 * whole)).toBeGreaterThan(0.5 * whole);
  expect(strength(1)).toBe(0);
});
