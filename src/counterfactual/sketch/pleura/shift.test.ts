import { describe, expect, it } from 'vitest';
import { CHEST_GRID, fieldAt } from '../field';
import { smoothChest } from '../testing/chests';
import { heartPushed, pushed } from './shift';

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

describe('a chest that air under pressure pushes', () => {
  const { x, y } = pushed(chest, { from: 'right', mediastinumMm: BY_MM, diaphragmMm: 10 });
  const columns = CHEST_GRID * chest.aspect * chest.millimetresPerRow;
  const row = chest.heart.centre.y / CHEST_GRID;
  const hilum = Math.round(chest.right.hilum.y);
  const middle = ((chest.right.medial[hilum] as number) + (chest.left.medial[hilum] as number)) / 2 / CHEST_GRID;

  it('has both borders of the mediastinum moved away from it, and the spine between them where it was', () => {
    const [near, far] = [chest.right.medial, chest.left.medial].map(
      (line) => (line[Math.round(chest.heart.centre.y)] as number) / CHEST_GRID,
    ) as [number, number];
    const most = 0.5 * ((middle - near) * columns - 21);
    const came = Math.min(BY_MM, most);
    expect(fieldAt(x, near + came / columns, row) * columns).toBeGreaterThan(0.8 * came);
    expect(fieldAt(x, far, row) * columns).toBeGreaterThan(
      0.8 * Math.min(BY_MM, 0.7 * ((far - middle) * columns - 21)),
    );
    for (const bone of [-0.01, 0, 0.01]) expect(Math.abs(fieldAt(x, middle + bone, row) * columns)).toBeLessThan(0.3);
  });

  it('leaves the film as it is at its upper edge, also where the anatomist ends a column of lung far above the diaphragm', () => {
    const floor = chest.right.floor.slice();
    const first = floor.findIndex((row) => !Number.isNaN(row));
    floor[first] = 30;
    const torn = { ...chest, right: { ...chest.right, floor } };
    const displacement = pushed(torn, { from: 'right', mediastinumMm: BY_MM, diaphragmMm: 10 });
    for (const { data } of [displacement.x, displacement.y])
      expect(data.subarray(0, CHEST_GRID).every((far) => Math.abs(far) < 1e-4)).toBe(true);
    expect(displacement.y.data.subarray(0, 40 * CHEST_GRID).every((far) => far === 0)).toBe(true);
  });

  it('has its diaphragm lowered on that side alone', () => {
    const dome = (side: 'right' | 'left', u: number): number =>
      fieldAt(y, u, (chest[side].floor[Math.round(u * CHEST_GRID)] as number) / CHEST_GRID) * CHEST_GRID;
    expect(dome('right', 0.3) * chest.millimetresPerRow).toBeGreaterThan(8);
    expect(dome('left', 0.7)).toBe(0);
  });

  it('is never folded over', () => {
    const steps = x.data.map((own, cell) => (cell % CHEST_GRID === 0 ? 0 : own - (x.data[cell - 1] as number)));
    expect(Math.max(...steps)).toBeLessThan(1 / CHEST_GRID);
  });
});
