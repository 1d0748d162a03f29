// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Point } from '../geometry/view-transform';
import { PolygonSession } from './polygon-session';

function sessionWith(corners: readonly Point[]): { session: PolygonSession; closed: (readonly Point[])[] } {
  const closed: (readonly Point[])[] = [];
  const session = new PolygonSession((polygon) => closed.push(polygon));
  for (const corner of corners) session.press(corner, 1);
  return { session, closed };
}

const triangle = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 50, y: 80 },
];

describe('polygon session', () => {
  it('closes on a press on its first corner', () => {
    const { session, closed } = sessionWith([...triangle, { x: 5, y: 2 }]);
    expect(closed).toEqual([triangle]);
    expect(session.corners).toEqual([]);
  });

  it('reaches less far, in native pixels, when zoomed in', () => {
    const { session } = sessionWith(triangle);
    expect(session.closesAt({ x: 6, y: 0 }, 1)).toBe(true);
    expect(session.closesAt({ x: 6, y: 0 }, 4)).toBe(false);
  });

  it('stays open without an inside', () => {
    const { session, closed } = sessionWith(triangle.slice(0, 2));
    expect(session.close()).toBe(false);
    expect(session.corners).toHaveLength(2);
    expect(closed).toEqual([]);
  });

  it('takes back corners one by one, or all of them', () => {
    const { session } = sessionWith(triangle);
    session.removeLast();
    expect(session.corners).toEqual(triangle.slice(0, 2));
    session.cancel();
    expect(session.corners).toEqual([]);
  });
});
