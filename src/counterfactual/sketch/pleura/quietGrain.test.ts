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

it('comes back nowhere: no place of the grain is like another one', () => {
  const [chest, smooth] = [smoothChest(512, 512), smoothFilm(512, 512)];
  const rows = quietGrain(smooth, layersOf(smooth, chest), chest, { x: 40, y: 60, width: 400, height: 40 });
  const grain = Array.from({ length: 40 }, (_, j) => rows(j, 0, 400).slice());
  const alike = (lag: number): number => {
    let [product, squares] = [0, 0];
    for (const row of grain)
      for (let i = 0; i + lag < 400; i++) {
        product += (row[i] as number) * (row[i + lag] as number);
        squares += ((row[i] as number) ** 2 + (row[i + lag] as number) ** 2) / 2;
      }
    return product / squares;
  };
  const likes = Array.from({ length: 280 }, (_, lag) => Math.abs(alike(lag + 20)));
  expect(Math.max(...likes)).toBeLessThan(0.35);
});

it('is as strong as the film’s own, where pieces overlap as where they do not', () => {
  const [chest, smooth] = [smoothChest(512, 512), smoothFilm(512, 512)];
  const noise = smooth.values.map((_, cell) => 0.01 * Math.SQRT2 * Math.sin(7919 * cell * cell));
  const film = { ...smooth, values: smooth.values.map((value, cell) => value + (noise[cell] as number)) };
  const rows = quietGrain(film, layersOf(film, chest), chest, { x: 40, y: 60, width: 400, height: 64 });
  const grain = Array.from({ length: 64 }, (_, j) => rows(j, 0, 400).slice());
  const deviation = (of: readonly number[]): number =>
    Math.sqrt(of.reduce((sum, value) => sum + value ** 2, 0) / of.length);
  const whole = deviation(grain.flatMap((row) => [...row]));
  // The made-up film has a little of its own.
  expect(whole / deviation([...noise])).toBeGreaterThan(0.9);
  expect(whole / deviation([...noise])).toBeLessThan(1.4);
  for (const row of grain) expect(Math.abs(deviation([...row]) / whole - 1)).toBeLessThan(0.13);
});
