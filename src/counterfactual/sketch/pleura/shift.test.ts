import { describe, expect, it } from 'vitest';
import { CHEST_GRID, fieldAt } from '../field';
import { smoothChest } from '../testing/chests';
import { heartPushed } from './shift';

const chest = smoothChest();
const BY_MM = 15;

describe('a heart pushed aside', () => {
  const { x, y } = heartPushed(chest, 'right', BY_MM);
  const mm = (u: number, v: number): number => fieldAt(x, u, v) * CHEST_GRID * chest.aspect * chest.millimetresPerRow;
  const row = chest.heart.centre.y / CHEST_GRID;

  it('moves its border into the other lung by as much as it is pushed', () => {
    const border = chest.left.medial[Math.round(chest.heart.centre.y)] as number;
    expect(mm(border / CHEST_GRID, row)).toBeGreaterThan(0.8 * BY_MM);
    expect(mm(border / CHEST_GRID, row)).toBeLessThanOrEqual(BY_MM);
  });

  it('leaves the spine, the far wall and the side that pushes where they are', () => {
    const hilum = Math.round(chest.right.hilum.y);
    const middle = ((chest.right.medial[hilum] as number) + (chest.left.medial[hilum] as number)) / 2;
    const wall = chest.left.lateral[Math.round(chest.heart.centre.y)] as number;
    for (const u of [0.2, 0.35, middle / CHEST_GRID, (wall + 1) / CHEST_GRID])
      expect(Math.abs(mm(u, row))).toBeLessThan(0.3);
    expect(y.data.every((value) => value === 0)).toBe(true);
  });

  it('never folds the film over', () => {
    const steps = x.data.map((own, cell) => (cell % CHEST_GRID === 0 ? 0 : own - (x.data[cell - 1] as number)));
    expect(Math.max(...steps)).toBeLessThan(1 / CHEST_GRID);
  });

  it('goes the other way from the other side', () => {
    expect(fieldAt(heartPushed(chest, 'left', BY_MM).x, 0.42, row)).toBeLessThan(0);
  });
});
