import { describe, expect, it } from 'vitest';
import { fakeProbabilities } from '../testing/fakes';
import { chestOf, chestOfMaps } from './chest';
import { CHEST_GRID } from './field';
import { smoothChest, smoothProbabilities } from './testing/chests';

describe('the chest that the anatomist shows', () => {
  const chest = smoothChest();

  it('has the right lung on image left, the left one on image right, and the heart between', () => {
    expect(chest.right.apex.x).toBeLessThan(chest.heart.centre.x);
    expect(chest.left.apex.x).toBeGreaterThan(chest.heart.centre.x);
    expect(chest.right.lateral[128]).toBeLessThan(chest.right.medial[128] as number);
    expect(chest.left.lateral[128]).toBeGreaterThan(chest.left.medial[128] as number);
  });

  it('puts the walls where the map has them, within a cell', () => {
    // At the lungs' widest the made-up right lung reaches from 0.12 to 0.46 of the width.
    expect(Math.abs((chest.right.lateral[137] as number) / CHEST_GRID - 0.12)).toBeLessThan(0.01);
    expect(Math.abs((chest.left.lateral[137] as number) / CHEST_GRID - 0.88)).toBeLessThan(0.01);
  });

  it('has the angle to the chest wall outside and below, the one to the heart inside', () => {
    for (const lung of [chest.right, chest.left]) {
      const outward = lung.side === 'right' ? -1 : 1;
      expect((lung.costophrenic.x - lung.cardiophrenic.x) * outward).toBeGreaterThan(20);
      expect(lung.costophrenic.y).toBeGreaterThan(lung.hilum.y + 30);
      expect(lung.apex.y).toBeCloseTo(lung.top, -1);
    }
  });

  it('measures depth in rows, positive inside, alike in columns and rows whatever the aspect', () => {
    const wide = smoothChest(600, 300);
    const [cell, row] = [(side: number, y: number) => Math.round(side) + y * CHEST_GRID, 137];
    const inward = (by: number, lateral: number): number => cell(lateral + by, row);
    // Ten columns of an image twice as wide as high are twenty rows.
    expect(
      Math.abs((wide.right.depth.data[inward(10, wide.right.lateral[row] as number)] as number) - 20),
    ).toBeLessThan(2.5);
    expect(
      Math.abs((chest.right.depth.data[inward(10, chest.right.lateral[row] as number)] as number) - 10),
    ).toBeLessThan(1.5);
    expect(chest.right.depth.data[cell(4, row)]).toBeLessThan(-15);
  });

  it('takes the scale from the file where it has one, else from an average thorax', () => {
    expect(smoothChest(256, 256, [0.5, 0.5])).toMatchObject({ millimetresPerRow: 0.5, scale: 'stated' });
    expect(chest.scale).toBe('average');
    expect(chest.millimetresPerRow * chest.thoracicWidth * chest.aspect).toBeCloseTo(290, 0);
  });

  it('knows how wide the heart is beside the thorax', () => {
    expect(chest.cardiothoracicRatio).toBeCloseTo((chest.heart.right - chest.heart.left) / chest.thoracicWidth, 5);
    expect(chest.cardiothoracicRatio).toBeGreaterThan(0.3);
    expect(chest.cardiothoracicRatio).toBeLessThan(0.5);
  });

  it('is there for the chest of rectangles too', () => {
    expect(chestOf({ probabilities: fakeProbabilities(), width: 256, height: 256 })).toBeDefined();
  });

  it('is not there where a lung or the heart is missing', () => {
    const none = smoothProbabilities();
    for (let cell = 0; cell < 64 * 64; cell++) for (const part of [1, 2, 3]) none[cell * 8 + part] = 0;
    expect(chestOf({ probabilities: none, width: 256, height: 256 })).toBeUndefined();
    const heartless = {
      right: chest.right.zones,
      left: chest.left.zones,
      heart: { ...chest.heart.share, data: new Float32Array(CHEST_GRID ** 2) },
      aspect: 1,
    };
    expect(chestOfMaps(heartless)).toBeUndefined();
  });

  it('leaves out a stray patch beside a lung', () => {
    const stray = smoothProbabilities();
    for (let y = 55; y < 60; y++) for (let x = 2; x < 6; x++) stray[(y * 64 + x) * 8 + 3] = 1;
    const found = chestOf({ probabilities: stray, width: 256, height: 256 });
    expect(found?.right.bottom).toBe(chest.right.bottom);
  });
});
