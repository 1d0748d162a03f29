/** How wide the solid band along the chest wall is, read from densities alone; fluid that runs up the wall looks the same to it. */

import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { CHEST_GRID } from '../field';
import { hemithoraxOf } from '../pleura/hemithorax';
import { wallOf } from '../pleura/wall';
import { gainOver, greysOf, solidity } from './tissue';

export interface ThickeningMeasure {
  /** Width in mm of what is at least half as dense as soft tissue, wall inward: the middle of the rows, and its widest tenth. */
  readonly medianMm: number;
  readonly widestMm: number;
  /** The same at the apex, downward. */
  readonly apexMm: number;
}

const SOLID = 0.5;
const DEEPEST_MM = 40;

/** @param before the same film without it: then only what came is measured */
export function measureThickening(
  image: DensityImage,
  chest: Chest,
  before?: DensityImage,
): Readonly<Record<ChestSide, ThickeningMeasure>> {
  const greys = greysOf(image, chest);
  const solid =
    before === undefined ? (cell: number) => solidity(greys, cell) : gainOver(greys, greysOf(before, chest), chest);
  const measure = (side: ChestSide): ThickeningMeasure => {
    const hemithorax = hemithoraxOf(chest, side);
    const { distance, down } = wallOf(chest, hemithorax);
    const bands = Array.from({ length: 24 }, () => new Map<number, number[]>());
    for (let cell = 0; cell < CHEST_GRID * CHEST_GRID; cell++) {
      const mm = distance.data[cell] as number;
      if (mm < 0 || mm > DEEPEST_MM || (hemithorax.lung.depth.data[cell] as number) < 0) continue;
      const along = down.data[cell] as number;
      const band = bands[Math.min(23, Math.max(0, Math.floor(along * 24)))];
      const step = Math.floor(mm / chest.millimetresPerRow);
      band?.set(step, [...(band.get(step) ?? []), solid(cell)]);
    }
    const widths = bands.map(
      (band) => (before === undefined ? widthOf(band) : filledIn(band)) * chest.millimetresPerRow,
    );
    const wall = widths.slice(4, 22).sort((a, b) => a - b);
    return {
      medianMm: wall[wall.length >> 1] ?? 0,
      widestMm: wall[Math.floor(0.9 * wall.length)] ?? 0,
      apexMm: Math.max(...widths.slice(0, 2)),
    };
  };
  return { right: measure('right'), left: measure('left') };
}

/** Steps from the wall until the mean is no longer solid. */
function widthOf(band: ReadonlyMap<number, readonly number[]>): number {
  for (let step = 0; ; step++) {
    const values = band.get(step);
    if (values === undefined || values.length === 0) return step;
    if (values.reduce((sum, value) => sum + value, 0) / values.length < SOLID) return step;
  }
}

/** Steps of the wall that are filled, in parts of one, as a band may end within it; what was solid before is as what lies inward of it. */
function filledIn(band: ReadonlyMap<number, readonly number[]>): number {
  let [filled, untold] = [0, 0];
  for (let step = 0; ; step++) {
    const told = band.get(step)?.filter((value) => !Number.isNaN(value));
    if (told === undefined) return filled;
    if (told.length === 0) {
      untold++;
      continue;
    }
    const mean = Math.min(1, Math.max(0, told.reduce((sum, value) => sum + value, 0) / told.length));
    filled += mean * (1 + untold);
    untold = 0;
  }
}
