import { describe, expect, it, vi } from 'vitest';
import { SketchImpossibleError } from '../../errors';
import type { Place } from '../../../findings/vocabulary';
import type { Sketch, Sketcher } from '../sketch';
import { addedWhere, correlation, drawn, shapeOf, trial, wholeChange } from '../testing/measures';
import { atelectasis } from './atelectasis';
import { consolidation } from './consolidation';
import { edema } from './edema';
import { emphysema } from './emphysema';
import { fibrosis } from './fibrosis';
import { CHEST_GRID } from '../field';
import { infiltration } from './infiltration';
import { lungFrame } from './lungFrame';
import { pneumonia } from './pneumonia';
import { overinflated } from './volume';

// The machine that tests may be busy.
vi.setConfig({ testTimeout: 60_000 });

const SIZE = 96;
const on = trial(SIZE);
const FAMILY: readonly Sketcher[] = [consolidation, infiltration, pneumonia, edema, atelectasis, emphysema, fibrosis];

describe.each(FAMILY.map((sketcher) => [sketcher.finding, sketcher] as const))('%s', (_finding, sketcher) => {
  it('changes more as it grows more severe, and reports the amount it was asked for', () => {
    const sums = [0.5, 1.5, 3].map((severity) => {
      const sketch = drawn(sketcher, { severity }, on);
      return sketch.change.reduce((sum, value) => sum + Math.abs(value), 0);
    });
    expect(sums[0]).toBeGreaterThan(0);
    expect(sums).toEqual([...sums].sort((a, b) => a - b));
    const amount = (sketcher.amount.bySeverity[1] + sketcher.amount.bySeverity[2]) / 2;
    expect(drawn(sketcher, { amount }, on).figures.amount).toBeCloseTo(amount, 3);
  });

  it('draws other shapes with other seeds, and the same shape at another resolution', () => {
    const one = drawn(sketcher, { severity: 1.5 }, on);
    const large = trial(2.5 * SIZE);
    expect(wholeChange(one, SIZE, SIZE)).not.toEqual(
      wholeChange(drawn(sketcher, { severity: 1.5, seed: 2 }, on), SIZE, SIZE),
    );
    expect(correlation(shapeOf(one, on), shapeOf(drawn(sketcher, { severity: 1.5 }, large), large))).toBeGreaterThan(
      0.97,
    );
  });

  it('stays in its mask, on its side, and within what is painted', () => {
    const sketch = drawn(sketcher, { places: ['left_lower'] }, on);
    expect(sketch.mask.some((value, at) => value === 0 && sketch.change[at] !== 0)).toBe(false);
    expect(addedWhere(sketch, on, (u) => u < 0.45)).toBe(0);
    const data = Uint8Array.from({ length: 64 * 64 }, (_, at) => (at % 64 < 22 && at > 64 * 20 ? 255 : 0));
    const painted = drawn(sketcher, { mask: { width: 64, height: 64, data } }, on);
    expect(
      wholeChange(painted, SIZE, SIZE).some(
        (value, at) => value !== 0 && (at % SIZE >= (22 / 64) * SIZE || at < (20 / 64) * SIZE * SIZE),
      ),
    ).toBe(false);
    expect(painted.change.some((value) => value !== 0)).toBe(true);
  });

  it('says so where it is asked for outside the lungs', () => {
    expect(() => drawn(sketcher, { at: { x: 0.5, y: 0.98 } }, on)).toThrow(SketchImpossibleError);
  });
});

describe('what tells them apart', () => {
  it('a right upper lobe ends sharply at the minor fissure', () => {
    const sketch = drawn(consolidation, { places: ['right_upper'], severity: 3 }, on);
    const whole = wholeChange(sketch, SIZE, SIZE);
    const column = Array.from({ length: SIZE }, (_, row) => whole[row * SIZE + Math.round(0.22 * SIZE)] as number);
    const most = Math.max(...column);
    const last = column.findLastIndex((value) => value > 0.6 * most);
    expect(column[last + 3]).toBeLessThan(0.15 * most);
  });

  it('open bronchi are darker than the lobe round them', () => {
    const sum = (bronchogram: string): number =>
      drawn(consolidation, { places: ['right_lower'], severity: 3, options: { bronchogram } }, on).change.reduce(
        (all, value) => all + value,
        0,
      );
    expect(sum('shown')).toBeLessThan(sum('none'));
  });

  it('edema spares the rim of the lungs and draws septal lines from moderate on', () => {
    const at = (u: number): number =>
      addedWhere(drawn(edema, {}, on), on, (x, v) => Math.abs(x - u) < 0.03 && Math.abs(v - 0.45) < 0.08);
    expect(at(0.35)).toBeGreaterThan(1.3 * at(0.18));
    expect(drawn(edema, { severity: 2 }, on).figures.septalLines).toBeGreaterThan(
      drawn(edema, { severity: 0.3 }, on).figures.septalLines as number,
    );
  });

  it('emphysema takes density away, lowers the diaphragms and narrows the heart', () => {
    const sketch = drawn(emphysema, { severity: 3 }, on);
    expect(addedWhere(sketch, on, (u, v) => Math.abs(u - 0.29) < 0.08 && v > 0.25 && v < 0.45)).toBeLessThan(0);
    // Air comes to lie where the dome of the diaphragm was.
    expect(addedWhere(sketch, on, (u, v) => Math.abs(u - 0.27) < 0.05 && v > 0.71 && v < 0.75)).toBeLessThan(-0.2);
    expect(sketch.figures.heartWidthRatio).toBeLessThan(0.9);
  });

  it('fibrosis lies at the bases, and the lungs shrink', () => {
    const sketch = drawn(fibrosis, { severity: 2, options: { volume: 'kept' } }, on);
    const share = (low: number, high: number): number =>
      wholeChange(sketch, SIZE, SIZE).reduce(
        (sum, value, at) =>
          Math.floor(at / SIZE) / SIZE >= low && Math.floor(at / SIZE) / SIZE < high ? sum + Math.abs(value) : sum,
        0,
      );
    expect(share(0.5, 0.8)).toBeGreaterThan(1.5 * share(0.1, 0.4));
    expect(drawn(fibrosis, { severity: 2 }, on).figures.raisedMm).toBeGreaterThan(5);
  });

  it('a collapsed lobe is one lung’s and draws the diaphragm up', () => {
    expect(() => drawn(atelectasis, { options: { extent: 'lobe' } }, on)).toThrow(/one side/u);
    const sketch = drawn(atelectasis, { severity: 3, places: ['right_lower'], options: { extent: 'lobe' } }, on);
    expect(sketch.figures.raisedMm).toBeGreaterThan(10);
    expect(addedWhere(sketch, on, (u, v) => Math.abs(u - 0.27) < 0.05 && v > 0.66 && v < 0.7)).toBeGreaterThan(0.1);
  });

  it('a lobe fills as a whole: not at one side alone, whatever the seed', () => {
    for (const seed of [1, 4, 6]) {
      const sketch = drawn(consolidation, { severity: 2, seed, places: ['right_lower'] }, on);
      const [inner, outer] = [addedWhere(sketch, on, (u) => u > 0.28), addedWhere(sketch, on, (u) => u <= 0.28)];
      expect(inner / outer).toBeGreaterThan(0.4);
      expect(inner / outer).toBeLessThan(2.5);
    }
  });

  const lobe = (place: Place, severity = 2): Sketch =>
    drawn(atelectasis, { severity, places: [place], options: { extent: 'lobe' } }, on);
  /** Mean of what is added. */
  const mean = (sketch: Sketch, where: (u: number, v: number) => boolean): number =>
    addedWhere(sketch, on, where) / addedWhere({ ...sketch, change: sketch.change.map(() => 1) }, on, where);

  it('a right lower lobe collapses to a triangle beside the heart, and the lung beside it stays', () => {
    const sketch = lobe('right_lower');
    const [beside, outer, above] = [
      mean(sketch, (u, v) => u > 0.34 && u < 0.4 && v > 0.56 && v < 0.62),
      mean(sketch, (u, v) => u > 0.14 && u < 0.2 && v > 0.5 && v < 0.56),
      mean(sketch, (u, v) => u > 0.2 && u < 0.34 && v > 0.2 && v < 0.34),
    ];
    expect(beside).toBeGreaterThan(0.1);
    expect(Math.abs(outer)).toBeLessThan(0.2 * beside);
    expect(Math.abs(above)).toBeLessThan(0.2 * beside);
  });

  it('a middle lobe is fainter than a lower one, and a whole lung is white from apex to base', () => {
    const most = ({ change }: Sketch): number => change.reduce((top, value) => Math.max(top, value), 0);
    expect(most(lobe('right_mid'))).toBeLessThan(0.8 * most(lobe('right_lower')));
    const whole = drawn(
      atelectasis,
      { severity: 2, places: ['left_upper', 'left_mid', 'left_lower'], options: { extent: 'lobe' } },
      on,
    );
    for (const [from, to] of [
      [0.24, 0.32],
      [0.4, 0.48],
      [0.52, 0.6],
    ] as const)
      expect(mean(whole, (u, v) => u > 0.7 && u < 0.78 && v > from && v < to)).toBeGreaterThan(0.08);
  });

  it('a left lower lobe lies behind the heart, down to the diaphragm and no further', () => {
    const sketch = lobe('left_lower', 3);
    const { left, heart } = on.chest;
    const [from, to] = [left.cardiophrenic.x, left.costophrenic.x].map(Math.round) as [number, number];
    const dome = Math.min(...lungFrame(on.chest, 'left').floor.slice(from, to + 1));
    // The diaphragm is drawn up, so that what moves lies apart: only what is much denser than before is the lobe.
    const most = (where: (u: number, v: number) => boolean): number => {
      const change = wholeChange(sketch, SIZE, SIZE);
      return change.reduce(
        (top, value, at) => (where((at % SIZE) / SIZE, Math.floor(at / SIZE) / SIZE) ? Math.max(top, value) : top),
        0,
      );
    };
    const inHeart = (u: number): boolean => u > heart.centre.x / CHEST_GRID && u < heart.right / CHEST_GRID;
    expect(most((u, v) => inHeart(u) && v < dome / CHEST_GRID)).toBeGreaterThan(0.08);
    expect(most((u, v) => inHeart(u) && v > (dome + 20 / on.chest.millimetresPerRow) / CHEST_GRID)).toBeLessThan(0.04);
  });

  it('a whole lung is white up to its wall', () => {
    const whole = drawn(
      atelectasis,
      { severity: 2, places: ['right_upper', 'right_mid', 'right_lower'], options: { extent: 'lobe' } },
      on,
    );
    const row = 0.45;
    const wall = (on.chest.right.lateral[Math.round(row * CHEST_GRID)] as number) / CHEST_GRID;
    const beside = mean(whole, (u, v) => Math.abs(v - row) < 0.03 && u > wall + 0.005 && u < wall + 0.025);
    const inner = mean(whole, (u, v) => Math.abs(v - row) < 0.03 && u > wall + 0.06 && u < wall + 0.1);
    expect(beside).toBeGreaterThan(0.5 * inner);
  });

  it('a left upper lobe has no lower border: it fades downward', () => {
    const sketch = lobe('left_upper');
    const rows = [0.3, 0.4, 0.5, 0.58].map((from) =>
      mean(sketch, (u, v) => u > 0.66 && u < 0.76 && v > from && v < from + 0.06),
    );
    expect(rows).toEqual([...rows].sort((one, other) => other - one));
    expect(rows[0]).toBeGreaterThan(0.05);
  });

  it('a heart is narrowed up to the film’s edge, where nothing is drawn in from beyond it', () => {
    const { heart } = on.chest;
    const aside = { ...heart, left: heart.left + 70, right: heart.right + 70 };
    const frames = (['right', 'left'] as const).map((side) => lungFrame(on.chest, side));
    const { x } = overinflated({ ...on.chest, heart: aside }, frames, 10, 0.85);
    const inRow = (column: number): number =>
      Math.abs(x.data[Math.round(heart.centre.y) * CHEST_GRID + column] as number);
    expect(inRow(Math.round(heart.right + 66))).toBeGreaterThan(0.005);
    expect(inRow(CHEST_GRID - 1)).toBeLessThan(1e-3);
  });

  it('plates are thin and lie in the lower third', () => {
    const sketch = drawn(atelectasis, { severity: 1 }, on);
    expect(addedWhere(sketch, on, (_u, v) => v > 0.55) / addedWhere(sketch, on, () => true)).toBeGreaterThan(0.9);
    expect(sketch.figures.plates).toBe(2);
  });
});
