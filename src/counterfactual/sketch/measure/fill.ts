/**
 * How much of the air in the asked zones is replaced, read from densities alone: no network, no training. It cannot tell fluid in
 * the air spaces from fluid in front of the lung, a mass or a thick chest wall.
 */

import { ZONES, type Place, type Zone } from '../../../findings/vocabulary';
import type { Chest } from '../chest';
import type { DensityImage } from '../density';
import { CHEST_GRID } from '../field';
import { keptBy } from '../kept';
import { greysOf, solidity, type Greys } from './tissue';

/** Share of a cell that is lung from which it counts: borders hold ribs, heart and diaphragm. */
const LUNG = 0.9;
const ZONE = 0.5;

/** The cells of CHEST_GRID that tell of a zone, in their order. */
const cellsOf = keptBy((chest: Chest, zone: Zone): Int32Array => {
  const index = ZONES.indexOf(zone);
  const lung = index < 3 ? chest.right : chest.left;
  const own = lung.zones[(index % 3) as 0 | 1 | 2];
  const cells: number[] = [];
  for (let cell = 0; cell < CHEST_GRID * CHEST_GRID; cell++)
    if ((lung.share.data[cell] as number) >= LUNG && (own.data[cell] as number) >= ZONE) cells.push(cell);
  return Int32Array.from(cells);
});

/** @returns mean over the zones: 0 as clear as the film's clearer lung, 1 as dense as its heart; NaN where no zone is asked */
export function measureFill(
  image: DensityImage,
  chest: Chest,
  places: readonly Place[],
  greys: Greys = greysOf(image, chest),
): number {
  let [sum, count] = [0, 0];
  for (const zone of ZONES) {
    if (!places.includes(zone)) continue;
    const cells = cellsOf(chest, zone);
    for (let at = 0; at < cells.length; at++) sum += Math.min(1, Math.max(0, solidity(greys, cells[at] as number)));
    count += cells.length;
  }
  return count === 0 ? NaN : sum / count;
}
