import { describe, expect, it } from 'vitest';
import { smoothFilm } from '../testing/chests';
import { contrastAnew, contrastOf } from './contrast';

const SIDE = 128;
const place = { x: 40, y: 60, radius: 8 };
const flat = { ...smoothFilm(SIDE, SIDE), values: new Float32Array(SIDE * SIDE).fill(0.3) };
const lesion = {
  ...flat,
  values: flat.values.map((value, at) =>
    Math.hypot((at % SIDE) - place.x, Math.floor(at / SIDE) - place.y) < place.radius ? value + 0.1 : value,
  ),
};

describe('contrast of a round place', () => {
  it('is by how much its core is denser than the ring around it', () => {
    expect(contrastOf(lesion, place)).toBeCloseTo(0.1, 5);
    expect(contrastOf(flat, place)).toBeCloseTo(0, 6);
    expect(contrastOf(lesion, { ...place, x: -40 })).toBe(0);
  });

  it('is measured anew on the film as it is by now, of what was drawn away alone', () => {
    const figures = {
      amount: 0,
      contrastBefore: 0.1,
      contrastAfter: 0,
      centreX: 40 / SIDE,
      centreY: 60 / SIDE,
      radius: 8 / SIDE,
    };
    expect(contrastAnew(figures, () => lesion)).toEqual({
      ...figures,
      contrastAfter: expect.closeTo(0.1, 5) as number,
    });
    expect(contrastAnew({ takenCm2: 4 }, () => lesion)).toEqual({ takenCm2: 4 });
  });
});
