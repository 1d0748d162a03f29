/** A box of a film on a coarser grid, from its stored values: whole rows are added up before columns are, and nothing beside the box is read. */

import { straightLine } from '../../imaging/presentation';
import type { Box } from '../../imaging/box';
import type { Radiograph, StoredPixels } from '../../imaging/radiograph';

/**
 * Densities as `densityAt` gives them (each cell is the mean of what it covers), but for rounding.
 * @param box of a grid of `width` x `height` cells, at most the radiograph's size @returns [box.height x box.width]
 */
export function densitiesIn(
  radiograph: Radiograph,
  { width, height }: { readonly width: number; readonly height: number },
  box: Box,
): Float32Array {
  const { width: columns, height: rows, pixels } = radiograph;
  const { slope, black } = straightLine(radiograph);
  const out = new Float32Array(box.width * box.height);
  const [perCell, perRow] = [columns / width, rows / height];
  const first = Math.floor(box.x * perCell);
  const last = Math.min(columns, Math.ceil((box.x + box.width) * perCell));
  const scale = 1 / (perCell * perRow * slope);
  const whole = new Int32Array(last - first);
  const sums = new Float64Array(last - first);
  for (let j = 0; j < box.height; j++) {
    const [from, to] = [(box.y + j) * perRow, Math.min(rows, (box.y + j + 1) * perRow)];
    whole.fill(0);
    let y = Math.ceil(from);
    for (; y + 2 <= to; y += 2) addRows(whole, pixels, y * columns + first, columns);
    if (y + 1 <= to) addRow(whole, pixels, y++ * columns + first);
    // Rows that lie in the cell in part.
    sums.set(whole);
    const before = Math.floor(from);
    if (before < from) addPart(sums, pixels, before * columns + first, Math.min(before + 1, to) - from);
    if (y < to && y > from) addPart(sums, pixels, y * columns + first, to - y);
    for (let i = 0, at = j * box.width; i < box.width; i++, at++)
      out[at] =
        sumOf(sums, (box.x + i) * perCell - first, Math.min(columns, (box.x + i + 1) * perCell) - first) * scale -
        black / slope;
  }
  return out;
}

// Whole numbers in functions of their own: they are added twice as fast as as parts of a closure, or as floats.
function addRow(sums: Int32Array, pixels: StoredPixels, start: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] as number) + (pixels[start + x] as number);
}

function addRows(sums: Int32Array, pixels: StoredPixels, start: number, columns: number): void {
  for (let x = 0, next = start + columns; x < sums.length; x++, next++)
    sums[x] = (sums[x] as number) + (pixels[start + x] as number) + (pixels[next] as number);
}

function addPart(sums: Float64Array, pixels: StoredPixels, start: number, weight: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] as number) + weight * (pixels[start + x] as number);
}

/** Of what lies between two places, parts of cells by as much of them as does. */
function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let x = Math.floor(from); x < to; x++) sum += (values[x] as number) * (Math.min(x + 1, to) - Math.max(x, from));
  return sum;
}
