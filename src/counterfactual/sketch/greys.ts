/**
 * The greys of this film: how dense its lungs and its heart come out, and the level about each place. Exposure and processing
 * differ, so that a sketch takes what it adds from the film itself.
 */

import type { Chest } from './chest';
import type { DensityImage } from './density';
import { blurred, CHEST_GRID, fieldIn, type Field } from './field';
import { keptByPair } from './kept';

export interface Greys {
  /** Mean density about each cell, ribs and vessels smoothed away. */
  readonly level: Field;
  /** Medians over the lungs and the heart. */
  readonly lung: number;
  readonly heart: number;
}

/** Cells of the coarse grid a side, and samples along each axis of a cell: enough for a mean whatever the resolution. */
const COARSE = 128;
const SAMPLES = 4;
/** Wider than a rib or a vessel. */
const LEVEL_MM = 8;

/** Found once for a film and its chest. */
export const greysOf = keptByPair(found);

function found(image: DensityImage, chest: Chest): Greys {
  const cells = meansOf(image, COARSE);
  const sigma = (LEVEL_MM / chest.millimetresPerRow / CHEST_GRID) * COARSE;
  const level = blurred(cells, sigma / chest.aspect, sigma);
  return {
    level,
    lung: medianWhere(cells, [chest.right.share, chest.left.share], 0.85),
    heart: medianWhere(cells, [chest.heart.share], 0.75),
  };
}

/** Density of soft tissue in place of lung, never less than the film's own heart over its lung. */
export function tissueStep({ heart, lung }: Greys): number {
  return Math.max(0.08, heart - lung);
}

/** Means of a film's cells, of `side` x `side`, whatever its resolution. */
export function meansOf({ width, height, values }: DensityImage, side: number): Field {
  const data = new Float32Array(side * side);
  const columns = Array.from({ length: side * SAMPLES }, (_, at) =>
    Math.min(width - 1, Math.floor(((at + 0.5) / (side * SAMPLES)) * width)),
  );
  for (let y = 0; y < side * SAMPLES; y++) {
    const row = Math.min(height - 1, Math.floor(((y + 0.5) / (side * SAMPLES)) * height)) * width;
    const start = Math.floor(y / SAMPLES) * side;
    for (let x = 0; x < columns.length; x++) {
      const cell = start + Math.floor(x / SAMPLES);
      data[cell] = (data[cell] as number) + (values[row + (columns[x] as number)] as number);
    }
  }
  for (let cell = 0; cell < data.length; cell++) data[cell] = (data[cell] as number) / (SAMPLES * SAMPLES);
  return { width: side, height: side, data };
}

/** Median of the cells where one of the shares reaches `least`, or as near to it as they come. */
function medianWhere(cells: Field, of: readonly Field[], least: number): number {
  const shares = of.map((share) => fieldIn(share, { x: 0, y: 0, width: COARSE, height: COARSE }, COARSE, COARSE));
  const most = (cell: number): number => Math.max(...shares.map((share) => share[cell] as number));
  let greatest = 0;
  for (let cell = 0; cell < cells.data.length; cell++) greatest = Math.max(greatest, most(cell));
  const enough = Math.min(least, greatest * 0.9);
  const found = cells.data.filter((_, cell) => most(cell) >= enough).sort();
  return found[found.length >> 1] ?? 0.5;
}
