import { describe, expect, it } from 'vitest';
import { CHEST_GRID } from '../field';
import { smoothChest } from '../testing/chests';
import { collapseOf, type Collapse } from './collapse';
import { hemithoraxOf } from './hemithorax';
import { drawnBackFor } from './outline';
import { wallOf } from './wall';

const chest = smoothChest(CHEST_GRID, CHEST_GRID);
const hemithorax = hemithoraxOf(chest, 'right');
const wall = wallOf(chest, hemithorax);
const SEEDS = [1, 2, 3, 4, 5, 6];

const AMOUNTS = [30, 45, 60];

/** Lungs drawn back by each of AMOUNTS, of each seed. */
const collapses = AMOUNTS.map((amount) =>
  SEEDS.map((seed) =>
    collapseOf(chest, hemithorax, wall, drawnBackFor(chest, hemithorax, wall, amount, seed).alongMm, seed),
  ),
);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How far the lung's border bulges out of the straight way from its top to its side at the hilum, as a share of that way. */
function bulge({ inside }: Collapse): number {
  const { lung, lateral } = hemithorax;
  const isLung = (x: number, y: number): boolean => (inside.data[y * CHEST_GRID + x] as number) > 0;
  const foot = Math.round(lung.hilum.y);
  const column = Math.round(lung.apex.x);
  let side = Math.round(lateral[foot] as number);
  while (!isLung(side, foot)) side++;
  let top = lung.top;
  while (!isLung(column, top)) top++;
  const [dx, dy] = [column - side, top - foot];
  const long = Math.hypot(dx, dy);
  let most = 0;
  for (let y = top; y < foot; y++)
    for (let x = Math.max(0, side - 30); x < column; x++)
      if (isLung(x, y)) most = Math.max(most, ((x - side) * dy - (y - foot) * dx) / long);
  return most / long;
}

describe('a lung beside air', () => {
  it('keeps its shoulder: its border is no straight way from its top to its side', () => {
    // A depth of air that falls evenly down the wall leaves 0.074, 0.061 and 0.064.
    const bulges = collapses.map((seeds) => mean(seeds.map(bulge)));
    for (const [at, least] of [0.084, 0.069, 0.072].entries()) expect(bulges[at]).toBeGreaterThan(least);
  });

  it('has a line that is lost over a part of its way, and clear over another', () => {
    const strengths = collapses.flatMap((seeds) =>
      seeds.flatMap(({ inside, lung, line }) =>
        Array.from(line.data).filter(
          (_, cell) =>
            Math.abs(inside.data[cell] as number) < 0.8 &&
            (lung.data[cell] as number) > 0.9 &&
            (wall.distance.data[cell] as number) > 4 &&
            (hemithorax.across.data[cell] as number) > -0.5,
        ),
      ),
    );
    expect(strengths.length).toBeGreaterThan(1000);
    expect(mean(strengths.map((own) => (own < 0.15 ? 1 : 0)))).toBeGreaterThan(0.2);
    expect(mean(strengths.map((own) => (own > 0.8 ? 1 : 0)))).toBeGreaterThan(0.15);
  });
});
