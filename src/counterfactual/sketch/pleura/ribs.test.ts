import { describe, expect, it } from 'vitest';
import { ribDetail } from './ribs';

const SIZE = 256;
/** A cell of a film of that size. */
const MM = 1.4;
const field = (data: Float32Array) => ({ width: SIZE, height: SIZE, data });

describe('ribs told from vessels', () => {
  it('have no comb of fine stripes on a film of few pixels, where they bend and end', () => {
    // Arcs as at the apex, smooth, with a border across them.
    const detail = Float32Array.from({ length: SIZE * SIZE }, (_, i) => {
      const [x, y] = [(i % SIZE) - 120, Math.floor(i / SIZE) - 150];
      const border = 1 / (1 + Math.exp(-(x + 0.4 * y + 20) / 3));
      return 0.05 * Math.cos(Math.hypot(x, 1.3 * y) / 3.5) * border;
    });
    const box = { x: 41, y: 61, width: 150, height: 100 };
    const layers = { film: field(detail), broad: field(new Float32Array(SIZE * SIZE)), cellsPerMm: [1 / MM, 1 / MM] };
    const { data } = ribDetail(layers as unknown as Parameters<typeof ribDetail>[0], box);
    // What changes from cell to cell and back: fourth differences, nothing for what is as broad as a rib.
    const comb = (values: Float32Array): number => {
      let sum = 0;
      for (let y = box.y + 8; y < box.y + box.height - 8; y++)
        for (let x = box.x + 8; x < box.x + box.width - 8; x++)
          for (const step of [1, SIZE]) {
            const at = (k: number): number => values[y * SIZE + x + k * step] as number;
            sum += (at(-2) - 4 * at(-1) + 6 * at(0) - 4 * at(1) + at(2)) ** 2;
          }
      return Math.sqrt(sum);
    };
    expect(comb(data) / comb(detail)).toBeLessThan(3);
  });
});
