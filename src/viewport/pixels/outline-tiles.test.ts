// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contours, type Loop, type SampledMap } from '../geometry/contour';
import { OutlineTiles } from './outline-tiles';

const WIDTH = 150;
const HEIGHT = 90;
const LEVEL = 127.5;

const discs = fc.array(fc.record({ x: fc.nat(WIDTH), y: fc.nat(HEIGHT), r: fc.integer({ min: 1, max: 40 }) }), {
  minLength: 1,
  maxLength: 5,
});
type Disc = { readonly x: number; readonly y: number; readonly r: number };

function mapOf(all: readonly Disc[]): SampledMap & { readonly data: Uint8Array } {
  const data = new Uint8Array(WIDTH * HEIGHT).map((_, i) =>
    all.filter((disc) => Math.hypot((i % WIDTH) - disc.x, Math.floor(i / WIDTH) - disc.y) <= disc.r).length % 2 === 1
      ? 255
      : 0,
  );
  return { width: WIDTH, height: HEIGHT, data };
}

/** Every segment of lines or loops, in an order that does not depend on where a line begins. */
function segments(lines: readonly Loop[], closed: boolean): string[] {
  return lines
    .flatMap((line) => {
      const count = line.length / 2;
      return Array.from({ length: closed ? count : count - 1 }, (_, i) => {
        const j = (i + 1) % count;
        return [line[2 * i], line[2 * i + 1], line[2 * j], line[2 * j + 1]].map((value) => value?.toFixed(3)).join(' ');
      });
    })
    .sort();
}

const EVERYWHERE = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

describe('outline tiles', () => {
  it('together draw the outline of the whole map, each piece once', () => {
    fc.assert(
      fc.property(discs, (all) => {
        const map = mapOf(all);
        const lines = new OutlineTiles(map, LEVEL).in(EVERYWHERE).flatMap((tile) => tile.lines);
        expect(segments(lines, false)).toEqual(segments(contours(map, LEVEL), true));
      }),
      { numRuns: 40 },
    );
  });

  it('fill what is inside and leave out what is not', () => {
    fc.assert(
      fc.property(discs, (all) => {
        const map = mapOf(all);
        const loops = new OutlineTiles(map, LEVEL).in(EVERYWHERE).flatMap((tile) => tile.fill);
        const wrong = [...map.data.keys()].filter(
          (i) =>
            i % 7 === 0 &&
            (windingAt(loops, (i % WIDTH) + 0.5, Math.floor(i / WIDTH) + 0.501) !== 0) !== (map.data[i] === 255),
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('are traced again where the map changed, and are the same objects elsewhere', () => {
    const map = mapOf([
      { x: 30, y: 30, r: 10 },
      { x: 120, y: 60, r: 12 },
    ]);
    const tiles = new OutlineTiles(map, LEVEL);
    const before = tiles.in(EVERYWHERE);
    map.data.fill(255, 20 * WIDTH + 5, 20 * WIDTH + 40);
    tiles.touch({ x: 5, y: 20, width: 35, height: 1 });
    const after = tiles.in(EVERYWHERE);
    expect(after.map((tile, i) => tile === before[i])).toEqual([false, true, true, true, true, true]);
    expect(
      segments(
        after.flatMap((tile) => tile.lines),
        false,
      ),
    ).toEqual(segments(contours(map, LEVEL), true));
  });
});

/** How often the loops go round a point. */
function windingAt(loops: readonly Loop[], x: number, y: number): number {
  let winding = 0;
  for (const loop of loops) {
    const count = loop.length / 2;
    for (let i = 0; i < count; i++) {
      const [ax, ay] = [loop[2 * i] ?? 0, loop[2 * i + 1] ?? 0];
      const j = (i + 1) % count;
      const [bx, by] = [loop[2 * j] ?? 0, loop[2 * j + 1] ?? 0];
      if (ay <= y === by <= y) continue;
      if (ax + ((y - ay) * (bx - ax)) / (by - ay) > x) winding += ay <= y ? 1 : -1;
    }
  }
  return winding;
}
