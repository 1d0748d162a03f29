import { describe, expect, it } from 'vitest';
import { smoothChest } from '../testing/chests';
import { fallenTogether, pathThrough } from './fallenLung';
import { hemithoraxOf } from './hemithorax';

const SIZE = 256;
const chest = smoothChest();
const box = { x: 0, y: 0, width: SIZE, height: SIZE };
const hemithorax = hemithoraxOf(chest, 'right');

function tissue(seed: number, down: number): Float32Array[] {
  const rows = fallenTogether(chest, hemithorax, seed, down, box, [SIZE, SIZE]);
  return Array.from({ length: SIZE }, (_, row) => rows(row, 0, SIZE).slice());
}

/** Mean over a square of 2 x `reach` cells. */
function mean(rows: readonly Float32Array[], x: number, y: number, reach = 7): number {
  let sum = 0;
  for (let j = -reach; j < reach; j++)
    for (let i = -reach; i < reach; i++) sum += rows[Math.round(y) + j]?.[Math.round(x) + i] as number;
  return sum / (4 * reach * reach);
}

describe('the tissue of a lung that has fallen together', () => {
  it('is dense and crowded at the hilum, by the seed, and no different in a lung that holds its air', () => {
    const { hilum } = chest.right;
    const [one, other] = [tissue(3, 1), tissue(4, 1)];
    // Beside the hilum, and as far from it as no lung that is down reaches.
    const denser = [3, 4, 5, 6, 7].map((seed) => {
      const rows = tissue(seed, 1);
      return mean(rows, hilum.x - 10, hilum.y) / mean(rows, hilum.x - 70, hilum.y);
    });
    expect(denser.reduce((sum, times) => sum + times, 0) / denser.length).toBeGreaterThan(1.4);
    const row = one[Math.round(hilum.y)] as Float32Array;
    const apart = row.filter((value, x) => Math.abs(value - (other[Math.round(hilum.y)]?.[x] as number)) > 0.05);
    expect(apart.length).toBeGreaterThan(50);
    expect(tissue(3, 0).every((values) => values.every((value) => value === 1))).toBe(true);
  });

  it('comes in from its border without a step', () => {
    const depths = Array.from({ length: 50 }, (_, mm) => pathThrough(mm));
    expect(depths[0]).toBeLessThan(0.2);
    expect(depths.at(-1)).toBe(1);
    depths.slice(1).forEach((depth, mm) => expect(depth - (depths[mm] as number)).toBeLessThan(0.2));
  });
});
