/**
 * How far up a hemithorax fluid stands, read from densities alone: no network, no training. A judge of what was drawn and of
 * what films show; it cannot tell fluid from a consolidated or collapsed base, which fill the same place.
 */

import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { CHEST_GRID, type Field } from '../field';
import { hemithoraxOf } from '../pleura/hemithorax';
import { gainOver, greysOf, solidity } from './tissue';

export interface EffusionMeasure {
  /** Height of the solid part along the outer wall from the costophrenic angle upward, as a share of the lung's height. */
  readonly levelShare: number;
  /** How solid the costophrenic angle is (the lowest 30 mm of the outer wall): 0 lung, 1 soft tissue. */
  readonly angleFill: number;
}

/** Solid from here on: halfway from lung to soft tissue. */
const SOLID = 0.5;
/** The strip along the wall that is looked at, in halves of the hemithorax from its middle (the wall itself is rib and muscle). */
const STRIP = [0.7, 0.88] as const;
const ANGLE_MM = 30;

/**
 * @param chest of the same film, or of the one it was drawn on: maps of a film full of fluid leave the fluid out of the lung
 * @param before the same film without it: a breast or a thick wall that was solid before then counts for nothing
 */
export function measureEffusion(
  image: DensityImage,
  chest: Chest,
  before?: DensityImage,
): Readonly<Record<ChestSide, EffusionMeasure>> {
  const greys = greysOf(image, chest);
  const solid =
    before === undefined ? (cell: number) => solidity(greys, cell) : gainOver(greys, greysOf(before, chest), chest);
  const base = { right: baseOf(chest, 'right'), left: baseOf(chest, 'left') };
  const measure = (side: ChestSide): EffusionMeasure => {
    const { across, lung } = hemithoraxOf(chest, side);
    const rows = stripOf(across, lung.apex.y, base[side], solid);
    const height = rows.length;
    // The height below which most is solid and above which most is clear: ribs and vessels may interrupt either, and over the angle
    // itself fluid is shallow.
    let [level, most] = [0, 0];
    for (let up = 0, sum = 0; up < height; up++) {
      const own = rows[height - 1 - up] as number;
      // What was solid before, as the dome of the diaphragm, lies in the fluid if what is above it does.
      if (Number.isNaN(own)) continue;
      sum += Math.min(1, Math.max(0, own)) - SOLID;
      if (sum > most) [level, most] = [up + 1, sum];
    }
    const low = rows
      .slice(-Math.max(3, Math.round(ANGLE_MM / chest.millimetresPerRow)))
      .filter((value) => !Number.isNaN(value));
    return {
      levelShare: level / Math.max(1, height),
      angleFill: low.reduce((sum, value) => sum + Math.min(1, Math.max(0, value)), 0) / Math.max(1, low.length),
    };
  };
  return { right: measure('right'), left: measure('left') };
}

/** The row of the costophrenic angle: where it is missing under fluid, the other side's stands in (they differ by about 2 cm). */
function baseOf(chest: Chest, side: ChestSide): number {
  const other = chest[side === 'right' ? 'left' : 'right'];
  const least = other.costophrenic.y - 25 / chest.millimetresPerRow;
  return Math.min(CHEST_GRID - 2, Math.max(chest[side].costophrenic.y, least));
}

/** Mean of a value over the strip of each row from the apex to the base; NaN where nothing in it tells. */
function stripOf(across: Field, top: number, bottom: number, value: (cell: number) => number): readonly number[] {
  const rows: number[] = [];
  for (let y = Math.ceil(top); y < bottom; y++) {
    let [sum, count] = [0, 0];
    for (let x = 0; x < CHEST_GRID; x++) {
      const cell = y * CHEST_GRID + x;
      const u = across.data[cell] as number;
      if (u < STRIP[0] || u > STRIP[1]) continue;
      const own = value(cell);
      if (Number.isNaN(own)) continue;
      sum += own;
      count++;
    }
    rows.push(count === 0 ? NaN : sum / count);
  }
  return rows;
}
