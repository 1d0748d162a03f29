/**
 * How much the lungs of a film show of what is in them: ribs and vessels, which every chest has, whatever its exposure and its
 * processing. What real nodules and masses stand out by goes with it, and hardly with heart over lung, which a flat film, a deep
 * breath or a sick lung changes (docs/decisions/183-as-seen-as-the-films-own-detail.md).
 */

import type { Chest } from '../chest';
import type { DensityImage } from '../density';
import { blurredValues, CHEST_GRID } from '../field';
import { meansOf } from '../greys';
import { keptByPair } from '../kept';

/** What is finer than this (as a standard deviation), in cells, is grain on a film of few pixels. */
const GRAIN_CELLS = 0.8;
/** Broader than this (as a standard deviation), a step of density is no detail: the lung's own slope toward wall and hilum. */
const BROAD_MM = 6;
/** The rims of the lungs are no detail of theirs. */
const INSIDE_MM = 10;
/** From the median of magnitudes to the standard deviation of a normal distribution: an outlier, such as a lesion, weighs little. */
const NORMAL = 1 / 0.6745;

/** Standard deviation of what is narrower than a few centimetres well inside the lungs; density. 0 where no lung is wide enough. */
export const lungDetail = keptByPair(detailOf);

function detailOf(image: DensityImage, chest: Chest): number {
  const data = blurredValues(meansOf(image, CHEST_GRID).data, CHEST_GRID, CHEST_GRID, GRAIN_CELLS);
  const sigma = BROAD_MM / chest.millimetresPerRow;
  const broad = blurredValues(data, CHEST_GRID, CHEST_GRID, sigma / chest.aspect, sigma);
  const inside = INSIDE_MM / chest.millimetresPerRow;
  const sizes: number[] = [];
  for (let cell = 0; cell < data.length; cell++) {
    const depth = Math.max(chest.right.depth.data[cell] as number, chest.left.depth.data[cell] as number);
    if (depth > inside) sizes.push(Math.abs((data[cell] as number) - (broad[cell] as number)));
  }
  return NORMAL * (Float32Array.from(sizes).sort()[sizes.length >> 1] ?? 0);
}
