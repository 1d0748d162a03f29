/** How much of each cell of a grid a mask covers. Of a large mask most pixels are 0 or 255, and those are not read one by one. */

import type { Box } from './box';
import { boxAround } from './mask-box';
import { finderIn, type Finder } from './mask-words';
import type { Mask } from './radiograph';
import { areaKernel, type Kernel } from './resample-kernels';

/** How much of each cell of a size x size grid the mask covers, in [0, 1], row by row. */
export function maskToGrid(mask: Mask, size: number): Float32Array {
  const { width, height, data } = mask;
  const box = boxAround(mask);
  const across = areaKernel(width, size);
  const { start, taps, weights } = areaKernel(height, size);
  const cells = new Float32Array(size * size);
  const row = new Float32Array(size);
  const full = wholeCells(across, width);
  const find = finderIn(data);
  // A row that two cells share is brought to the grid once.
  let [known, isEmpty] = [-1, true];
  for (let o = 0; o < size; o++) {
    for (let t = 0; t < taps; t++) {
      const weight = weights[o * taps + t] as number;
      if (weight === 0) continue;
      const y = Math.min(height - 1, (start[o] as number) + t);
      if (y !== known) {
        isEmpty = !alongRow(data, find, y, width, box, across, full, row);
        known = y;
      }
      if (isEmpty) continue;
      for (let x = 0, at = o * size; x < size; x++, at++)
        cells[at] = (cells[at] as number) + weight * (row[x] as number);
    }
  }
  return cells.map((value) => value / 255);
}

/** What each cell of a row has where all of it is 255, summed as any other. */
function wholeCells({ start, taps, weights }: Kernel, width: number): Float64Array {
  return Float64Array.from(start, (first, o) => {
    let sum = 0;
    for (let t = 0; t < taps && first + t < width; t++) sum += 255 * (weights[o * taps + t] as number);
    return sum;
  });
}

/** Means of a row of the mask over the grid's columns. @returns whether any of it is not 0; else nothing is written */
function alongRow(
  data: Uint8Array,
  find: Finder,
  y: number,
  width: number,
  box: Box,
  { start, taps, weights }: Kernel,
  full: Float64Array,
  row: Float32Array,
): boolean {
  if (y < box.y || y >= box.y + box.height) return false;
  const begin = y * width;
  const boxEnd = begin + box.x + box.width;
  const from = find.first(begin + box.x, boxEnd);
  if (from === boxEnd) return false;
  const to = find.last(from, boxEnd) + 1;
  let solid = from;
  while (solid < to && data[solid] !== 255) solid++;
  const end = find.notFull(solid, to);
  for (let o = 0; o < row.length; o++) {
    const first = begin + (start[o] as number);
    const beyond = Math.min(begin + width, first + taps);
    if (beyond <= from || first >= to) row[o] = 0;
    else if (first >= solid && beyond <= end) row[o] = full[o] as number;
    else {
      let sum = 0;
      for (let i = Math.max(from, first), w = o * taps + i - first; i < Math.min(to, beyond); i++, w++)
        sum += (data[i] as number) * (weights[w] as number);
      row[o] = sum;
    }
  }
  return true;
}
