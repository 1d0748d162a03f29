/**
 * How wide a heart became, read from densities alone: where the film came at least half of the way from lung to what fills it now, on
 * from the heart as it was. The anatomist, which learnt hearts of ordinary size, follows the border of a large one only part of the way.
 */

import type { Chest } from '../chest';
import type { DensityImage } from '../density';
import { CHEST_GRID } from '../field';
import { gainOver, greysOf } from './tissue';

const HALF = 0.5;
/** A border that is further out in fewer rows than this is a rib or a vessel: the middle of so many counts. */
const ROWS = 7;

/**
 * @param before the same film without it, in which `chest` was found
 * @returns transverse diameter of the heart over that of the thorax; what it was where nothing came
 */
export function measureHeartWidth(image: DensityImage, chest: Chest, before: DensityImage): number {
  const gain = gainOver(greysOf(image, chest), greysOf(before, chest), chest);
  const { heart, thoracicWidth } = chest;
  const own = (x: number, row: number): boolean => (heart.share.data[row * CHEST_GRID + x] as number) > HALF;
  const outermost = (outward: 1 | -1): number => {
    const rows: number[] = [];
    for (let row = Math.floor(heart.top); row < heart.bottom; row++) {
      let x = outward === 1 ? CHEST_GRID - 1 : 0;
      while (x >= 0 && x < CHEST_GRID && !own(x, row)) x -= outward;
      if (x < 0 || x >= CHEST_GRID) continue;
      rows.push(edgeFrom(x, outward, (at) => gain(row * CHEST_GRID + at)));
    }
    const middle = rows.map((_, at) => {
      const near = rows.slice(Math.max(0, at - (ROWS >> 1)), at + (ROWS >> 1) + 1).sort((a, b) => a - b);
      return near[near.length >> 1] as number;
    });
    return outward === 1 ? Math.max(heart.right, ...middle) : Math.min(heart.left, ...middle);
  };
  return (outermost(1) - outermost(-1)) / thoracicWidth;
}

/** From a cell of the heart outward to where less than half has come, between cells; what had no room before is passed. */
function edgeFrom(start: number, outward: 1 | -1, gain: (x: number) => number): number {
  let [last, value] = [start, 1];
  let passed = 0;
  for (let x = start + outward; x > 0 && x < CHEST_GRID - 1; x += outward) {
    const here = gain(x);
    if (Number.isNaN(here)) {
      // The heart's own soft border.
      if (++passed > PASSED) break;
      continue;
    }
    if (here < HALF) {
      if (last === start) return start + 0.5;
      const share = value <= here ? 0 : (value - HALF) / (value - here);
      return last + 0.5 + outward * Math.min(1, share) * Math.abs(x - last);
    }
    [last, value, passed] = [x, here, 0];
  }
  return last + 0.5;
}

/** Cells without room that are passed in a row. */
const PASSED = 12;
