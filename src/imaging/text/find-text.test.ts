import { describe, expect, it } from 'vitest';
import type { Box } from '../box';
import { written } from '../testing/writing';
import { textInGreys } from './find-text';

const SIZE = 256;

/** A soft chest: two dark lungs, ribs that come and go, and some grain. */
function film(): Uint8Array {
  let seed = 1;
  return Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    const lung = (at: number): number => Math.exp(-(((x - at) / 40) ** 2) - ((y - 130) / 70) ** 2);
    return 150 - 90 * (lung(75) + lung(180)) + 12 * Math.sin(y / 7 + x / 60) + (seed % 7) - 3;
  });
}

const holds = (outer: Box | undefined, inner: Box): boolean =>
  outer !== undefined &&
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height;

describe('writing that is burned into a picture', () => {
  it.each([
    ['white', { x: 20, y: 12 }, {}],
    ['black, inside', { x: 60, y: 190 }, { grey: 0 }],
    ['grey', { x: 120, y: 100 }, { grey: 225 }],
    ['small', { x: 150, y: 12 }, { scale: 1 }],
    ['large', { x: 4, y: 30 }, { scale: 4 }],
    ['downwards', { x: 236, y: 40 }, { down: true }],
    ['at the edge', { x: 0, y: SIZE - 14 }, {}],
  ])('is found where it stands: %s', (_, at, how) => {
    const greys = film();
    const box = written(greys, SIZE, 'LEONARD', at, how);
    const found = textInGreys(greys, SIZE, SIZE);
    expect(found).toHaveLength(1);
    expect(holds(found[0], box)).toBe(true);
    expect((found[0]?.width ?? 0) * (found[0]?.height ?? 0)).toBeLessThan(3 * box.width * box.height);
  });

  it('is found in each of its lines, a short one beside a long one, too', () => {
    const greys = film();
    const boxes = [written(greys, SIZE, 'LEONARD', { x: 20, y: 12 }), written(greys, SIZE, 'TEA', { x: 20, y: 32 })];
    const found = textInGreys(greys, SIZE, SIZE);
    for (const box of boxes) expect(found.some((each) => holds(each, box))).toBe(true);
  });

  it('is not seen in a film, in side markers, arrows, wires or frames', () => {
    const greys = film();
    expect(textInGreys(greys, SIZE, SIZE)).toEqual([]);
    written(greys, SIZE, 'R', { x: 20, y: 12 }, { scale: 3 });
    written(greys, SIZE, 'AR', { x: 200, y: 200 });
    for (let i = 0; i < 60; i++) greys.fill(255, (60 + i) * SIZE + 100 + (i >> 1), (60 + i) * SIZE + 103 + (i >> 1));
    for (let i = 5; i < 250; i++) {
      greys.fill(0, 250 * SIZE + 5, 250 * SIZE + 250);
      greys.fill(255, i * SIZE + 3, i * SIZE + 5);
    }
    expect(textInGreys(greys, SIZE, SIZE)).toEqual([]);
  });

  it('is looked for in bounded time in a picture that is all strokes', () => {
    const greys = Uint8Array.from({ length: 1000 * 1000 }, (_, i) => (i % 2 === 0 ? 255 : 0));
    expect(textInGreys(greys, 1000, 1000)).toEqual([]);
    const dots = Uint8Array.from({ length: 1000 * 1000 }, (_, i) => (i % 3 === 0 && (i >> 10) % 3 === 0 ? 255 : 0));
    expect(textInGreys(dots, 1000, 1000)).toEqual([]);
  });
});
