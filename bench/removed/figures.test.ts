import { describe, expect, it } from 'vitest';
import { GRID_SIZE } from '../../src/imaging/resample';
import { figuresOf } from './figures';

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
