import { describe, expect, it } from 'vitest';
import { smoothChest, smoothFilm } from '../testing/chests';
import { BOTH_LUNGS } from '../testing/measures';
import { fullerVessels } from './cephalisation';
import { placings } from './placing';
import { tonesOf } from './tones';

const SIZE = 384;
const chest = smoothChest();
const image = smoothFilm(SIZE, SIZE);
const where = placings(chest, {
  finding: 'edema',
  places: BOTH_LUNGS,
  severity: 2,
  seed: 1,
  options: {},
});

function added(film = image, strength = 1): Float32Array {
  return fullerVessels(film, chest, tonesOf(film, chest), where, strength);
}

/** Sum over the rows from `top` to `bottom`, as fractions. */
function within(values: Float32Array, top: number, bottom: number): number {
  return values.subarray(Math.round(top * SIZE) * SIZE, Math.round(bottom * SIZE) * SIZE).reduce((a, b) => a + b, 0);
}

describe('vessels made fuller', () => {
  it('are those of the upper lung more than those of the lower', () => {
    const values = added();
    expect(within(values, 0.15, 0.35)).toBeGreaterThan(2 * within(values, 0.58, 0.78));
    expect(values.every((value) => value >= 0)).toBe(true);
  });

  it('are nothing where the film shows no vessels', () => {
    const bare = within(added(smoothFilm(SIZE, SIZE, true)), 0, 1);
    expect(bare).toBeLessThan(0.35 * within(added(), 0, 1));
  });

  it('grow with pressure', () => {
    expect(within(added(image, 0.4), 0, 1)).toBeLessThan(within(added(image, 1), 0, 1));
    expect(within(added(image, 0), 0, 1)).toBe(0);
  });
});
