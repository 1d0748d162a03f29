/** How much of each cell of a grid a mask covers. Of a large mask most pixels are 0 or 255, and those are not read one by one. */

import type { Box } from './box';
import { boxAround } from './mask-box';
import { finderIn, type Finder } from './mask-words';
import type { Mask } from './radiograph';
import { areaKernel, cellsOf, type Cells } from './resample-kernels';

/** How much of each cell of a size x size grid the mask covers, in [0, 1], row by row. */
export function maskToGrid(mask: Mask, size: number): Float32Array {
  const { width, height, data } = mask;
  const box = boxAround(mask);
  const { start, taps, weights } = areaKernel(height, size);
  const cells = new Float32Array(size * size);
  const row = new Float32Array(size);
  const columns = columnsOf(width, size, box);
  const find = finderIn(data);
  // A row that two cells share is brought to the grid once.
  let [known, isEmpty] = [-1, true];
  for (let o = 0; o < size; o++) {
    for (let t = 0; t < taps; t++) {
      const weight = weights[o * taps + t] as number;
      if (weight === 0) continue;
      const y = Math.min(height - 1, (start[o] as number) + t);
      if (y < box.y || y >= box.y + box.height) continue;
      if (y !== known) {
        isEmpty = !alongRow(data, find, y * width, box, columns, row);
        known = y;
      }
      if (!isEmpty) addRow(cells, row, weight, o * size, columns.from, columns.to);
    }
  }
  return cells.map((value) => value / 255);
}

function addRow(cells: Float32Array, row: Float32Array, weight: number, at: number, from: number, to: number): void {
  for (let x = from; x < to; x++) cells[at + x] = (cells[at + x] as number) + weight * (row[x] as number);
}

interface Columns extends Cells {
  /** What each cell of a row has where all of it is 255, summed as any other. */
  readonly full: Float64Array;
  /** The weight of pixels that lie in a cell as a whole, where their values may be summed before they are weighted; else 0. */
  readonly common: number;
  /** Cells beside which all is 0. */
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/**
 * From this weight on a sum of bytes times weights is exact in doubles, in whatever order it is taken: weights are floats of 24 bits,
 * of which the last is 2^-43 or more, and the sum stays below 2^8.
 */
const LEAST_EXACT = 2 ** -20;

function columnsOf(width: number, size: number, box: Box): Columns {
  const kernel = areaKernel(width, size);
  const { start, taps, weights } = kernel;
  const common = weights[taps >> 1] as number;
  const cells = cellsOf(kernel, common, width);
  const isExact = weights.every((weight) => weight === 0 || weight >= LEAST_EXACT);
  const full = Float64Array.from(start, (first, o) => {
    let sum = 0;
    for (let t = 0; t < taps && first + t < width; t++) sum += 255 * (weights[o * taps + t] as number);
    return sum;
  });
  let [from, to] = [0, size];
  while (from < size && (cells.beyonds[from] as number) <= box.x) from++;
  while (to > from && (start[to - 1] as number) >= box.x + box.width) to--;
  return { ...cells, full, common: isExact ? common : 0, from, to };
}

/** Means of a row of the mask over the grid's columns. @param begin of the row @returns whether any of it is not 0; else nothing is written */
function alongRow(
  data: Uint8Array,
  find: Finder,
  begin: number,
  box: Box,
  columns: Columns,
  row: Float32Array,
): boolean {
  const boxEnd = begin + box.x + box.width;
  const from = find.first(begin + box.x, boxEnd);
  if (from === boxEnd) return false;
  const to = find.last(from, boxEnd) + 1;
  let solid = from;
  while (solid < to && data[solid] !== 255) solid++;
  const end = find.notFull(solid, to);
  const { firsts, beyonds, full, common } = columns;
  for (let o = columns.from; o < columns.to; o++) {
    const [first, beyond] = [begin + (firsts[o] as number), begin + (beyonds[o] as number)];
    if (beyond <= from || first >= to) row[o] = 0;
    else if (first >= solid && beyond <= end) row[o] = full[o] as number;
    else if (common === 0) row[o] = weighed(data, Math.max(from, first), Math.min(to, beyond), o, begin, columns);
    else row[o] = weighedTogether(data, o, begin, columns);
  }
  return true;
}

/** Pixels times their weights, one after the other. */
function weighed(data: Uint8Array, from: number, to: number, o: number, begin: number, columns: Columns): number {
  const { firsts, taps, weights } = columns;
  let sum = 0;
  for (let i = from, w = o * taps + from - begin - (firsts[o] as number); i < to; i++, w++)
    sum += (data[i] as number) * (weights[w] as number);
  return sum;
}

/** The same, exactly: pixels of one weight are summed first. */
function weighedTogether(data: Uint8Array, o: number, begin: number, columns: Columns): number {
  const { firsts, begins, ends, beyonds, taps, weights, common } = columns;
  const own = o * taps - (firsts[o] as number);
  const [whole, over, beyond] = [begins[o] as number, ends[o] as number, beyonds[o] as number];
  let inside = 0;
  for (let x = begin + whole; x < begin + over; x++) inside += data[x] as number;
  let sum = common * inside;
  for (let x = firsts[o] as number; x < whole; x++) sum += (data[begin + x] as number) * (weights[own + x] as number);
  for (let x = over; x < beyond; x++) sum += (data[begin + x] as number) * (weights[own + x] as number);
  return sum;
}
