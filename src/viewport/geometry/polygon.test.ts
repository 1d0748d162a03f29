// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { addCorner, canClose, closesAt, removeLastCorner } from './polygon';

const triangle = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 50, y: 80 },
];

describe('a polygon under construction', () => {
  it('ignores the second click of a double-click', () => {
    expect(addCorner(triangle, { x: 51, y: 80 }, 3)).toBe(triangle);
    expect(addCorner(triangle, { x: 10, y: 80 }, 3)).toHaveLength(4);
  });

  it('closes only on its first corner, and only when it has an inside', () => {
    expect(closesAt(triangle, { x: 4, y: 3 }, 9)).toBe(true);
    expect(closesAt(triangle, { x: 40, y: 3 }, 9)).toBe(false);
    expect(closesAt(triangle.slice(0, 2), { x: 0, y: 0 }, 9)).toBe(false);
    expect(closesAt([], { x: 0, y: 0 }, 9)).toBe(false);
  });

  it('has no inside while its corners lie on one line', () => {
    expect(
      canClose([
        { x: 0, y: 0 },
        { x: 1, y: 1 },
        { x: 5, y: 5 },
      ]),
    ).toBe(false);
    expect(canClose(triangle)).toBe(true);
  });

  it('forgets the corner added last', () => {
    expect(removeLastCorner(triangle)).toEqual(triangle.slice(0, 2));
    expect(removeLastCorner([])).toEqual([]);
  });
});
