import { describe, expect, it } from 'vitest';
import { gaussianNoise } from '../random';
import { displaced, displacementOf } from './displace';
import { displacedWithGrain } from './displacedGrain';
import { CHEST_GRID, smoothstep } from './field';

const SIDE = 512;
const noise = gaussianNoise(5, 0, 0, SIDE * SIDE, 1);
const image = {
  width: SIDE,
  height: SIDE,
  values: Float32Array.from({ length: SIDE * SIDE }, (_, at) => 0.5 + 0.02 * (noise[at] as number)),
  range: [0, 1] as const,
};
/** Another part of the same noise. */
const grain = (row: number): Float32Array =>
  image.values.slice(((row + 77) % SIDE) * SIDE, (((row + 77) % SIDE) + 1) * SIDE).map((value) => value - 0.5);
const whole = { x: 0, y: 0, width: SIDE, height: SIDE };
/** Drawn out between a quarter and half of the width, pressed together beyond. */
const push = displacementOf((x) => [
  45 * smoothstep(0.25 * CHEST_GRID, 0.5 * CHEST_GRID, x) * smoothstep(0.95 * CHEST_GRID, 0.5 * CHEST_GRID, x),
  0,
]);

interface Grain {
  readonly deviation: number;
  readonly likeness: number;
}

/** Of what is finer than a film's broad density: its deviation, and how much a pixel is like the third one beside it, in the part drawn out. */
function grainIn(values: Float32Array): Grain {
  let [squares, products, count] = [0, 0, 0];
  for (let y = 100; y < 400; y++)
    for (let x = 160; x < 220; x++) {
      const [one, other] = [values[y * SIDE + x] as number, values[y * SIDE + x + 3] as number].map(
        (value) => value - 0.5,
      ) as [number, number];
      squares += one * one;
      products += one * other;
      count++;
    }
  return { deviation: Math.sqrt(squares / count), likeness: products / squares };
}

describe('a film pushed aside', () => {
  it('has grain that is not drawn out, as loud as before', () => {
    const [before, streaks, kept] = [
      image.values,
      displaced(image, push, whole),
      displacedWithGrain(image, grain, push, whole),
    ].map(grainIn) as [Grain, Grain, Grain];
    expect(streaks.likeness).toBeGreaterThan(0.2);
    expect(kept.likeness).toBeLessThan(0.5 * streaks.likeness);
    expect(kept.deviation).toBeGreaterThan(0.8 * before.deviation);
    expect(kept.deviation).toBeLessThan(1.1 * before.deviation);
  });

  it('is the very film where nothing moves', () => {
    const kept = displacedWithGrain(image, grain, push, whole);
    for (let y = 0; y < SIDE; y += 50)
      for (let x = 0; x < 100; x++) expect(kept[y * SIDE + x]).toBe(image.values[y * SIDE + x]);
  });
});
