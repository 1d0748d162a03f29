import { describe, expect, it } from 'vitest';
import { GRID_SIZE } from '../../src/imaging/resample';
import { figuresOf } from './figures';
import golden from './figures-golden.json';

const random = (at: number): number => ((Math.imul(at + 1, 2654435761) >>> 0) / 2 ** 32 - 0.5) * 0.2;
const before = Float32Array.from({ length: GRID_SIZE ** 2 }, (_, at) => random(at));
const inside = (at: number): boolean => at % GRID_SIZE >= 64 && at % GRID_SIZE < 128 && at / GRID_SIZE < 64;
const drawn = before.map((value, at) => (inside(at) ? value / 4 + 0.5 : value));

describe('figures of a removal', () => {
  it('are perfect for the film before and none for the film that was drawn on', () => {
    const whole = figuresOf({ before, drawn, taken: before });
    expect([whole?.likeness, whole?.left, whole?.texture]).toEqual([expect.closeTo(1), expect.closeTo(0), 1]);
    const none = figuresOf({ before, drawn, taken: drawn });
    expect([none?.likeness, none?.left]).toEqual([0, 1]);
  });

  it('tell a smooth shape of the right grey from what was there', () => {
    const smooth = before.map((value, at) => (inside(at) ? 0 : value));
    const told = figuresOf({ before, drawn, taken: smooth });
    expect(told?.left).toBeLessThan(0.1);
    expect(told?.texture).toBeLessThan(0.3);
  });

  it('are not of a drawing that nobody sees', () => {
    expect(figuresOf({ before, drawn: before, taken: before })).toBeUndefined();
  });
});

describe('figures of a removal, held to those of the training', () => {
  const wave = (across: number, down: number) => (at: number) =>
    Math.sin((at % GRID_SIZE) * across + Math.floor(at / GRID_SIZE) * down);
  const film = (value: (at: number) => number): Float32Array =>
    Float32Array.from({ length: GRID_SIZE ** 2 }, (_, at) => value(at));
  // The films of removal_goldens.py.
  const plain = (at: number): number => 0.3 * wave(0.05, 0.031)(at);
  const isDrawn = (at: number): boolean => {
    const [x, y] = [at % GRID_SIZE, Math.floor(at / GRID_SIZE)];
    return y >= 64 && y < 128 && x >= 48 && x < 160;
  };
  const withSquare = (at: number): number => plain(at) + (isDrawn(at) ? 0.4 + 0.1 * wave(0.11, 0.07)(at) : 0);

  it.each(golden.cases)('agree where $share of the drawing is taken away', ({ share, likeness, left }) => {
    const told = figuresOf({
      before: film(plain),
      drawn: film(withSquare),
      taken: film((at) => withSquare(at) + share * (plain(at) - withSquare(at)) + 0.03 * wave(0.021, 0.043)(at)),
    });
    expect(Math.abs((told?.likeness ?? 0) - likeness)).toBeLessThan(2e-5);
    expect(Math.abs((told?.left ?? 0) - left)).toBeLessThan(2e-5);
  });
});
