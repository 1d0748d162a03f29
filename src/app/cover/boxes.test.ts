import { describe, expect, it } from 'vitest';
import { boxInTheMiddle, draggedTo, isMeant, moved, resized } from './boxes';

const SIZE = { width: 1000, height: 800 };
const BOX = { x: 100, y: 200, width: 50, height: 40 };

describe('boxes over a picture', () => {
  it('are drawn between two points, whichever comes first, and end with the picture', () => {
    expect(draggedTo({ kind: 'draw', from: { x: 10.7, y: 20.2 } }, { x: 30.1, y: 25 }, SIZE)).toEqual({
      x: 10,
      y: 20,
      width: 21,
      height: 5,
    });
    expect(draggedTo({ kind: 'draw', from: { x: 990, y: 790 } }, { x: 1200, y: -50 }, SIZE)).toEqual({
      x: 990,
      y: 0,
      width: 10,
      height: 790,
    });
  });

  it('are moved whole, as far as the picture goes', () => {
    expect(draggedTo({ kind: 'move', from: { x: 110, y: 210 }, box: BOX }, { x: 115, y: 207 }, SIZE)).toEqual({
      ...BOX,
      x: 105,
      y: 197,
    });
    expect(moved(BOX, { x: -500, y: 5000 }, SIZE)).toEqual({ ...BOX, x: 0, y: 760 });
  });

  it('are resized by their corner, and never vanish', () => {
    expect(draggedTo({ kind: 'resize', box: BOX }, { x: 400, y: 300 }, SIZE)).toEqual({
      ...BOX,
      width: 300,
      height: 100,
    });
    expect(draggedTo({ kind: 'resize', box: BOX }, { x: 0, y: 0 }, SIZE)).toEqual({ ...BOX, width: 1, height: 1 });
    expect(resized(BOX, { x: 10, y: -100 }, SIZE)).toEqual({ ...BOX, width: 60, height: 1 });
    expect(resized(BOX, { x: 5000, y: 0 }, SIZE)).toEqual({ ...BOX, width: 900 });
  });

  it('are none where the pointer did not go anywhere', () => {
    expect(isMeant(draggedTo({ kind: 'draw', from: { x: 5, y: 5 } }, { x: 5, y: 5 }, SIZE), SIZE)).toBe(false);
    expect(isMeant(BOX, SIZE)).toBe(true);
    expect(isMeant(boxInTheMiddle({ width: 64, height: 64 }), { width: 64, height: 64 })).toBe(true);
  });
});
