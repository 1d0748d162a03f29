/** How wide what was drawn is, by what changed: for shadows with gas and fluid in them, which are not denser all over. */

import type { Chest } from '../chest';
import type { DensityImage } from '../density';
import { CHEST_GRID } from '../field';
import { greysOf } from './tissue';

/** Change of this share of the greatest counts: a round shadow thins out to its end. */
const NOTICEABLE = 0.1;
/** And so much of the window at the least: a level and a half of 255. */
const LEAST = 0.006;

/** Widest row of the change within `nearMm` of a height, in mm; the change may have gaps, as a level of fluid has. @param y fraction of the image */
export function widthOfChange(
  after: DensityImage,
  before: DensityImage,
  chest: Chest,
  y: number,
  nearMm: number,
): number {
  const [was, is] = [greysOf(before, chest), greysOf(after, chest)];
  const most = is.film.data.reduce(
    (max, value, cell) => Math.max(max, Math.abs(value - (was.film.data[cell] as number))),
    0,
  );
  const least = Math.max(LEAST, NOTICEABLE * most);
  const rows = nearMm / chest.millimetresPerRow;
  let widest = 0;
  for (
    let row = Math.max(0, Math.floor(y * CHEST_GRID - rows));
    row < Math.min(CHEST_GRID, y * CHEST_GRID + rows);
    row++
  ) {
    let [first, last] = [-1, -1];
    for (let column = 0; column < CHEST_GRID; column++) {
      const cell = row * CHEST_GRID + column;
      if (Math.abs((is.film.data[cell] as number) - (was.film.data[cell] as number)) < least) continue;
      if (first < 0) first = column;
      last = column;
    }
    if (first >= 0) widest = Math.max(widest, last + 1 - first);
  }
  return widest * chest.aspect * chest.millimetresPerRow;
}
