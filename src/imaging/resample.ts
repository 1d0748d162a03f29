/** Resampling of row-by-row grey images. Pixel centres lie at half-integers, as in PyTorch with align_corners=False. */

import { presentationTable } from './presentation';
import type { Box } from './box';
import type { Radiograph, StoredPixels } from './radiograph';
import { areaKernel, cellsOf, cubicKernel, linearKernel, partOf, type Cells, type Kernel } from './resample-kernels';
import { atOnce, type Sliced } from './slices';

/** Side of the image grid every network works on. */
export const GRID_SIZE = 256;

/** Source rows between two chances to interrupt. */
const ROWS = 16;

/** One row of `from` samples to one row of `to`. */
function resizeRow(row: Float32Array, out: Float32Array, { start, taps, weights }: Kernel): void {
  const last = row.length - 1;
  const within = (o: number): boolean => (start[o] as number) >= 0 && (start[o] as number) + taps - 1 <= last;
  for (let o = 0; o < out.length; o++) {
    if (o + 1 < out.length && within(o) && within(o + 1)) {
      // Two sums at a time: one alone waits for each of its additions.
      const [one, other, own] = [start[o] as number, start[o + 1] as number, o * taps];
      let [first, second] = [0, 0];
      for (let t = 0; t < taps; t++) {
        first += (row[one + t] as number) * (weights[own + t] as number);
        second += (row[other + t] as number) * (weights[own + taps + t] as number);
      }
      out[o++] = first;
      out[o] = second;
      continue;
    }
    let sum = 0;
    for (let t = 0; t < taps; t++)
      sum += (row[Math.min(last, Math.max(0, (start[o] as number) + t))] as number) * (weights[o * taps + t] as number);
    out[o] = sum;
  }
}

/** Columns of a w x h image to H rows: each output row is a weighted sum of whole source rows. */
function resizeColumns(
  src: Float32Array,
  w: number,
  h: number,
  H: number,
  { start, taps, weights }: Kernel,
): Float32Array {
  const out = new Float32Array(w * H);
  for (let o = 0; o < H; o++) {
    const to = out.subarray(o * w, (o + 1) * w);
    if (taps === 4 && sumOfFour(src, to, start[o] as number, weights.subarray(o * 4, o * 4 + 4), h)) continue;
    for (let t = 0; t < taps; t++) {
      const weight = weights[o * taps + t] as number;
      if (weight === 0) continue;
      const y = Math.min(h - 1, Math.max(0, (start[o] as number) + t));
      const from = src.subarray(y * w, (y + 1) * w);
      for (let x = 0; x < w; x++) to[x] = (to[x] as number) + weight * (from[x] as number);
    }
  }
  return out;
}

/** A cubic's four rows at once, summed and rounded as one after the other. @returns whether all four count */
function sumOfFour(src: Float32Array, to: Float32Array, start: number, weights: Float32Array, h: number): boolean {
  if (weights.includes(0)) return false;
  const w = to.length;
  const row = (tap: number): Float32Array => {
    const y = Math.min(h - 1, Math.max(0, start + tap));
    return src.subarray(y * w, (y + 1) * w);
  };
  const [a, b, c, d] = [row(0), row(1), row(2), row(3)];
  const [p, q, r, s] = weights as unknown as readonly [number, number, number, number]; // it has four
  for (let x = 0; x < w; x++) {
    const one = Math.fround(p * (a[x] as number));
    const two = Math.fround(one + q * (b[x] as number));
    const three = Math.fround(two + r * (c[x] as number));
    to[x] = three + s * (d[x] as number);
  }
  return true;
}

/** Writes a source row brought to the width that is wanted; what is not written is 0. */
type NarrowRow = (y: number, out: Float32Array) => void;

/** Rows first (through `narrow`, so that the whole source need not exist as floats), then columns. */
function* resizeSliced(narrow: NarrowRow, h: number, W: number, H: number, vertical: Kernel): Sliced<Float32Array> {
  const narrowed = new Float32Array(W * h);
  for (let y = 0; y < h; y++) {
    if (y % ROWS === 0) yield;
    narrow(y, narrowed.subarray(y * W, (y + 1) * W));
  }
  return resizeColumns(narrowed, W, h, H, vertical);
}

/** Of a w x h image in floats. */
function resize(src: Float32Array, w: number, h: number, horizontal: Kernel, vertical: Kernel): Float32Array {
  const narrow: NarrowRow = (y, out) => resizeRow(src.subarray(y * w, (y + 1) * w), out, horizontal);
  return atOnce(resizeSliced(narrow, h, horizontal.start.length, vertical.start.length, vertical));
}

/**
 * Rows of the radiograph's presentation by area average, each stored value looked up where it is summed. Pixels that lie in a cell as
 * a whole have one weight, so that their products are looked up too.
 */
function presentationRows(r: Radiograph, kernel: Kernel): NarrowRow {
  const { table, offset } = presentationTable(r);
  const { pixels, width } = r;
  const common = kernel.weights[kernel.taps >> 1] as number;
  const products = productsOf(table, common);
  const cells = cellsOf(kernel, common, width);
  return (y, out) => sumRow(pixels.subarray(y * width, (y + 1) * width), out, table, products, offset, cells);
}

const productsBy = new WeakMap<Float32Array, { readonly weight: number; readonly products: Float64Array }>();

/** Exact: a double holds the product of two floats. */
function productsOf(table: Float32Array, weight: number): Float64Array {
  const before = productsBy.get(table);
  if (before?.weight === weight) return before.products;
  const products = new Float64Array(table.length);
  for (let i = 0; i < table.length; i++) products[i] = (table[i] as number) * weight;
  productsBy.set(table, { weight, products });
  return products;
}

/** One row of pixels, summed cell by cell. A function of its own: as a closure's, each access to these arrays costs more. */
function sumRow(
  row: StoredPixels,
  out: Float32Array,
  table: Float32Array,
  products: Float64Array,
  offset: number,
  { firsts, begins, ends, beyonds, taps, weights }: Cells,
): void {
  for (let o = 0; o < out.length; o++) {
    let i = firsts[o] as number;
    const own = o * taps - i;
    const [begin, end, beyond] = [begins[o] as number, ends[o] as number, beyonds[o] as number];
    let sum = 0;
    for (; i < begin; i++) sum += (table[(row[i] as number) + offset] as number) * (weights[own + i] as number);
    for (; i < end; i++) sum += products[(row[i] as number) + offset] as number;
    for (; i < beyond; i++) sum += (table[(row[i] as number) + offset] as number) * (weights[own + i] as number);
    out[o] = sum;
  }
}

/** Presentation grey in [0, 1] of the radiograph made smaller, W x H by area average. */
export function presentationAt(r: Radiograph, W: number, H: number): Sliced<Float32Array> {
  return resizeSliced(presentationRows(r, areaKernel(r.width, W)), r.height, W, H, areaKernel(r.height, H));
}

/**
 * Area average of a w x h image to W x H (each output pixel is the mean of what it covers). Preserves the mean.
 * Meant for making images smaller; larger, it repeats pixels.
 */
export function resizeArea(src: Float32Array, w: number, h: number, W: number, H: number): Float32Array {
  return resize(src, w, h, areaKernel(w, W), areaKernel(h, H));
}

/** Bicubic (Catmull-Rom) interpolation of a w x h image to W x H, edges repeated. Meant for making images larger. */
export function resizeBicubic(src: Float32Array, w: number, h: number, W: number, H: number): Float32Array {
  return resize(src, w, h, cubicKernel(w, W), cubicKernel(h, H));
}

/** A box of what `resizeBicubic` gives, bit for bit. @returns [box.height x box.width] */
export function resizeBicubicIn(src: Float32Array, w: number, h: number, W: number, H: number, box: Box): Float32Array {
  const horizontal = partOf(cubicKernel(w, W), box.x, box.width);
  const vertical = partOf(cubicKernel(h, H), box.y, box.height);
  return resize(src, w, h, horizontal, vertical);
}

/** Bilinear interpolation of a w x h image to W x H, edges repeated: stays within the values it has. Meant for making images larger. */
export function resizeBilinear(src: Float32Array, w: number, h: number, W: number, H: number): Float32Array {
  return resize(src, w, h, linearKernel(w, W), linearKernel(h, H));
}

/**
 * The radiograph on the networks' 256 x 256 grid in [-1, 1] (-1 black), squashed: area average where the radiograph
 * is larger than the grid, bicubic where it is smaller.
 */
export function toNetworkGrid(r: Radiograph): Float32Array {
  const W = Math.min(r.width, GRID_SIZE);
  const H = Math.min(r.height, GRID_SIZE);
  const reduced = atOnce(presentationAt(r, W, H));
  const grid = W === GRID_SIZE && H === GRID_SIZE ? reduced : resizeBicubic(reduced, W, H, GRID_SIZE, GRID_SIZE);
  for (let i = 0; i < grid.length; i++) grid[i] = toSigned(grid[i] as number);
  return grid;
}

/**
 * What `toNetworkGrid` gives, bit for bit, of a radiograph that differs from another in a box alone.
 * @param before the grid of that other
 */
export function toNetworkGridIn(r: Radiograph, before: Float32Array, box: Box): Float32Array {
  if (r.width < GRID_SIZE || r.height < GRID_SIZE) return toNetworkGrid(r);
  const grid = before.slice();
  if (box.width === 0 || box.height === 0) return grid;
  const [x, columns] = cellsOver(box.x, box.width, r.width);
  const [y, rows] = cellsOver(box.y, box.height, r.height);
  const horizontal = partOf(areaKernel(r.width, GRID_SIZE), x, columns);
  const vertical = partOf(areaKernel(r.height, GRID_SIZE), y, rows);
  const [firstRow, lastRow] = reachOf(vertical, r.height);
  const narrow = presentationRows(r, horizontal);
  const near: NarrowRow = (row, out) => {
    if (row >= firstRow && row <= lastRow) narrow(row, out);
  };
  const greys = atOnce(resizeSliced(near, r.height, columns, rows, vertical));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      grid[(y + row) * GRID_SIZE + x + column] = toSigned(greys[row * columns + column] as number);
  return grid;
}

/** Cells of the grid's side that some of `count` pixels from `from` on lie in: the first, and how many. */
function cellsOver(from: number, count: number, size: number): readonly [number, number] {
  const scale = size / GRID_SIZE;
  const first = Math.max(0, Math.floor(from / scale) - 1);
  return [first, Math.min(GRID_SIZE, Math.ceil((from + count) / scale) + 1) - first];
}

/** First and last source sample that a kernel reads. */
function reachOf({ start, taps }: Kernel, size: number): readonly [number, number] {
  return [Math.max(0, start[0] as number), Math.min(size - 1, (start.at(-1) as number) + taps - 1)];
}

function toSigned(grey: number): number {
  return Math.min(1, Math.max(-1, 2 * grey - 1));
}
