/**
 * Smooth maps that span a whole radiograph, on a grid of their own: geometry and texture are decided once, at a fixed size,
 * and read at whatever resolution is drawn, so that a preview and the full-size picture show the same shape.
 */

import type { Box } from '../../imaging/box';

export type { Box };

/** Values row by row over the whole image, whatever its aspect; cell centres at half-integers. */
export interface Field {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Side of the grid on which anatomy is described: the networks' own, stretched over the radiograph. */
export const CHEST_GRID = 256;

export function makeField(size: number, value: (x: number, y: number) => number, within?: Box): Field {
  const data = new Float32Array(size * size);
  const { x: left, y: top, width, height } = within ?? { x: 0, y: 0, width: size, height: size };
  for (let y = top; y < top + height; y++)
    for (let x = left, i = y * size + left; x < left + width; x++, i++) data[i] = value(x, y);
  return { width: size, height: size, data };
}

/** The field's value at a point given as fractions of the image, bilinear, clamped at its edges. */
export function fieldAt({ width, height, data }: Field, u: number, v: number): number {
  const x = Math.min(Math.max(u * width - 0.5, 0), width - 1);
  const y = Math.min(Math.max(v * height - 0.5, 0), height - 1);
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [x1, y1] = [Math.min(x0 + 1, width - 1), Math.min(y0 + 1, height - 1)];
  const [fx, fy] = [x - x0, y - y0];
  const top = (data[y0 * width + x0] as number) * (1 - fx) + (data[y0 * width + x1] as number) * fx;
  const bottom = (data[y1 * width + x0] as number) * (1 - fx) + (data[y1 * width + x1] as number) * fx;
  return top * (1 - fy) + bottom * fy;
}

/** The field read at each pixel of a box of a `width` x `height` image, bilinear. @returns [box.height x box.width] */
export function fieldIn(field: Field, box: Box, width: number, height: number): Float32Array {
  const out = new Float32Array(box.width * box.height);
  if (field.width === width && field.height === height) {
    for (let j = 0; j < box.height; j++) {
      const start = (box.y + j) * width + box.x;
      out.set(field.data.subarray(start, start + box.width), j * box.width);
    }
    return out;
  }
  const fill = rowFiller(field, box, width, height);
  for (let j = 0; j < box.height; j++) fill(j, 0, box.width, out, j * box.width);
  return out;
}

/**
 * One row of a box at a time: its pixels from column `from` of the box up to `to`, the others undefined. What it returns is
 * overwritten by the next row: nothing of the box's size is made, and pixels that nobody needs are not read.
 */
export type Rows = (row: number, from: number, to: number) => Float32Array;

/** The same as fieldIn, row by row: for drawing at an image's own size. */
export function rowsIn(field: Field, box: Box, width: number, height: number): Rows {
  const out = new Float32Array(box.width);
  const fill = rowFiller(field, box, width, height);
  return (row, from, to) => {
    fill(row, from, to, out, 0);
    return out;
  };
}

/** More pixels than this are not kept: those of a screen are, those of a film at its own size are not. */
const MOST_KEPT = 1024 * 1280;

interface KeptRows {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
  /** Of each row, the pixels that were read. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

const keptRows = new WeakMap<Field, KeptRows>();

/**
 * As rowsIn, of a field that is drawn from again and again at one size: what was read of it once is kept with it while it is in use,
 * where the image is no larger than a screen. What it returns is not to be written to.
 */
export function keptRowsIn(field: Field, box: Box, width: number, height: number): Rows {
  if (width * height > MOST_KEPT) return rowsIn(field, box, width, height);
  let kept = keptRows.get(field);
  if (kept?.width !== width || kept.height !== height) {
    const none = (): Int32Array => new Int32Array(height);
    kept = { width, height, values: new Float32Array(width * height), from: none(), to: none() };
    keptRows.set(field, kept);
  }
  const { values, from: firsts, to: ends } = kept;
  const fill = rowFiller(field, { x: 0, y: box.y, width, height: box.height }, width, height);
  return (row, from, to) => {
    const y = box.y + row;
    const [first, end] = [box.x + from, box.x + to];
    const isNew = (firsts[y] as number) === (ends[y] as number);
    if (first < end && (isNew || first < (firsts[y] as number) || end > (ends[y] as number))) {
      firsts[y] = isNew ? first : Math.min(first, firsts[y] as number);
      ends[y] = isNew ? end : Math.max(end, ends[y] as number);
      fill(row, firsts[y], ends[y], values, y * width);
    }
    return values.subarray(y * width + box.x, y * width + box.x + box.width);
  };
}

/** Writes the pixels [from, to) of a row of the box to `out`, whose pixel 0 is at `start`. */
function rowFiller(
  { data, width: w, height: h }: Field,
  box: Box,
  width: number,
  height: number,
): (row: number, from: number, to: number, out: Float32Array, start: number) => void {
  const columns = axis(box.x, box.width, width, w);
  const rows = axis(box.y, box.height, height, h);
  const { low, high, share } = columns;
  const line = new Float64Array(w);
  return (row, from, to, out, start) => {
    if (from >= to) return;
    // Each row is mixed from two rows of the field first, then read along: half the work where pixels are finer than cells.
    const [first, second, fy] = [
      (rows.low[row] as number) * w,
      (rows.high[row] as number) * w,
      rows.share[row] as number,
    ];
    for (let x = low[from] as number, last = high[to - 1] as number; x <= last; x++)
      line[x] = (data[first + x] as number) * (1 - fy) + (data[second + x] as number) * fy;
    for (let i = from; i < to; i++) {
      const fx = share[i] as number;
      out[start + i] = (line[low[i] as number] as number) * (1 - fx) + (line[high[i] as number] as number) * fx;
    }
  };
}

/** First and one past the last pixel of a row above `least`; from = to where there is none. */
export function spanAbove(row: Float32Array, least: number, width: number): readonly [from: number, to: number] {
  let [from, to] = [0, width];
  while (from < to && !((row[from] as number) >= least)) from++;
  while (to > from && !((row[to - 1] as number) >= least)) to--;
  return [from, to];
}

/** For `count` pixels from `start` of `size`: the two cells of `cells` between which each centre lies, and how far. */
function axis(
  start: number,
  count: number,
  size: number,
  cells: number,
): { readonly low: Int32Array; readonly high: Int32Array; readonly share: Float32Array } {
  const [low, high, share] = [new Int32Array(count), new Int32Array(count), new Float32Array(count)];
  for (let i = 0; i < count; i++) {
    const at = Math.min(Math.max(((start + i + 0.5) / size) * cells - 0.5, 0), cells - 1);
    low[i] = Math.floor(at);
    high[i] = Math.min((low[i] as number) + 1, cells - 1);
    share[i] = at - (low[i] as number);
  }
  return { low, high, share };
}

/** Gaussian blur by three box blurs (Kutskir's sizes), separable, edges repeated; sigma in cells along each axis. */
export function blurred(field: Field, sigmaX: number, sigmaY = sigmaX): Field {
  const { width, height } = field;
  return { width, height, data: blurredValues(field.data, width, height, sigmaX, sigmaY) };
}

/** The same of bare values [height x width]; time does not depend on sigma. */
export function blurredValues(
  values: Float32Array,
  width: number,
  height: number,
  sigmaX: number,
  sigmaY = sigmaX,
): Float32Array {
  let from = values.slice();
  let to = new Float32Array(values.length);
  for (const radius of boxRadii(sigmaX)) {
    if (radius === 0) continue;
    for (let y = 0; y < height; y++) boxLine(from, to, y * width, 1, width, radius);
    [from, to] = [to, from];
  }
  for (const radius of boxRadii(sigmaY)) {
    if (radius === 0) continue;
    boxColumns(from, to, width, height, radius);
    [from, to] = [to, from];
  }
  return from;
}

function boxRadii(sigma: number): readonly number[] {
  if (sigma <= 0) return [];
  const ideal = Math.sqrt((12 * sigma * sigma) / 3 + 1);
  const lower = Math.floor(ideal) % 2 === 0 ? Math.floor(ideal) - 1 : Math.floor(ideal);
  const fewer = Math.round((12 * sigma * sigma - 3 * lower * lower - 12 * lower - 9) / (-4 * lower - 4));
  return [0, 1, 2].map((pass) => ((pass < fewer ? lower : lower + 2) - 1) / 2);
}

function boxLine(
  from: Float32Array,
  to: Float32Array,
  start: number,
  stride: number,
  length: number,
  radius: number,
): void {
  const last = length - 1;
  let sum = 0;
  for (let k = -radius; k <= radius; k++) sum += from[start + Math.min(Math.max(k, 0), last) * stride] as number;
  const scale = 1 / (2 * radius + 1);
  for (let i = 0; i < length; i++) {
    to[start + i * stride] = sum * scale;
    sum +=
      (from[start + Math.min(i + radius + 1, last) * stride] as number) -
      (from[start + Math.max(i - radius, 0) * stride] as number);
  }
}

/** Columns together, row by row: memory is read in order. */
function boxColumns(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const last = height - 1;
  const sums = new Float64Array(width);
  for (let k = -radius; k <= radius; k++) {
    const row = Math.min(Math.max(k, 0), last) * width;
    for (let x = 0; x < width; x++) sums[x] = (sums[x] as number) + (from[row + x] as number);
  }
  const scale = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const [out, add, drop] = [y * width, Math.min(y + radius + 1, last) * width, Math.max(y - radius, 0) * width];
    for (let x = 0; x < width; x++) {
      const sum = sums[x] as number;
      to[out + x] = sum * scale;
      sums[x] = sum + (from[add + x] as number) - (from[drop + x] as number);
    }
  }
}

/** 0 below `from`, 1 above `to`, smooth between; descending where from > to. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** `rowsIn` of several fields, in their order. */
export function rowsInEach<const Fields extends readonly Field[]>(
  fields: Fields,
  box: Box,
  width: number,
  height: number,
  rows: typeof rowsIn = rowsIn,
): { readonly [Each in keyof Fields]: Rows } {
  // A mapped tuple has the length of its source, which `map` does not say.
  return fields.map((field) => rows(field, box, width, height)) as unknown as {
    readonly [Each in keyof Fields]: Rows;
  };
}
