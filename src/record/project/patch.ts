/**
 * An array of pixels as the box in which it differs from a base: a counterfactual from its radiograph, a mask from nothing.
 * A version of a 3-megapixel radiograph is 6.6 MB of pixels and 3.3 MB of mask, and most edits touch one part of it.
 */

import type { Sliced } from '../../imaging/slices';

/** Whole pixels. */
export type Box = readonly [x: number, y: number, width: number, height: number];

export type PixelArray = Uint8Array | Uint16Array | Int16Array;

/** Rows between two chances to interrupt. */
const ROWS = 32;

/** The smallest box that holds every difference; undefined when there is none. @param base undefined: all zero */
export function* differingBox(
  values: PixelArray,
  base: PixelArray | undefined,
  width: number,
): Sliced<Box | undefined> {
  let left = width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let start = 0, y = 0; start < values.length; start += width, y++) {
    if (y % ROWS === 0) yield;
    let first = 0;
    while (first < width && values[start + first] === (base?.[start + first] ?? 0)) first++;
    if (first === width) continue;
    let last = width - 1;
    while (values[start + last] === (base?.[start + last] ?? 0)) last--;
    if (first < left) left = first;
    if (last > right) right = last;
    if (top < 0) top = y;
    bottom = y;
  }
  return bottom < 0 ? undefined : [left, top, right - left + 1, bottom - top + 1];
}

export function cutBox<Pixels extends PixelArray>(values: Pixels, width: number, [x, y, columns, rows]: Box): Pixels {
  const cut = emptyLike(values, columns * rows);
  for (let row = 0; row < rows; row++) {
    const from = (y + row) * width + x;
    cut.set(values.subarray(from, from + columns), row * columns);
  }
  return cut;
}

/** A new array: the base with the box put in its place. */
export function pasteBox<Pixels extends PixelArray>(
  cut: Pixels,
  width: number,
  length: number,
  [x, y, columns, rows]: Box,
  base: Pixels | undefined,
): Pixels {
  const whole = emptyLike(cut, length);
  if (base !== undefined) whole.set(base);
  for (let row = 0; row < rows; row++)
    whole.set(cut.subarray(row * columns, (row + 1) * columns), (y + row) * width + x);
  return whole;
}

function emptyLike<Pixels extends PixelArray>(values: Pixels, length: number): Pixels {
  const constructor = values.constructor as new (length: number) => Pixels;
  return new constructor(length);
}
