/** Anatomy pushed aside: a smooth displacement of the film and of what is known of its geometry. */

import { chestMoved, type Chest } from './chest';
import type { DensityImage } from './density';
import { CHEST_GRID, makeField, rowsIn, type Box, type Field, type Rows } from './field';

/** Where each place of the result comes from: it shows what lay `x`, `y` (fractions of the image) before it. Fields on CHEST_GRID. */
export interface Displacement {
  readonly x: Field;
  readonly y: Field;
}

/** Less than this share of the image is no displacement. */
const STILL = 1e-5;

/**
 * Values of an image after a displacement, in a box; Catmull-Rom between pixels, so that its sharpness stays, and the very
 * values where nothing moves. @returns [box.height x box.width]
 */
export function displaced(
  image: Pick<DensityImage, 'values' | 'width' | 'height'>,
  displacement: Displacement,
  box: Box,
): Float32Array {
  const rows = displacedRows(image, displacement, box);
  const out = new Float32Array(box.width * box.height);
  for (let j = 0; j < box.height; j++) out.set(rows(j, 0, box.width), j * box.width);
  return out;
}

/**
 * The same row by row. @param image may be a patch of the whole image: `whole` says how large that is and where the patch lies in
 * it, and what lies beyond its edges is as at them; the box is one of the whole image, within the patch
 */
export function displacedRows(
  { values, width, height }: Pick<DensityImage, 'values' | 'width' | 'height'>,
  displacement: Displacement,
  box: Box,
  whole: { readonly width: number; readonly height: number; readonly x: number; readonly y: number } = {
    width,
    height,
    x: 0,
    y: 0,
  },
): Rows {
  if (displacement.y.data.every((far) => far === 0))
    return shiftedRows({ values, width, height }, displacement.x, box, whole);
  const columnsOf = rowsIn(displacement.x, box, whole.width, whole.height);
  const rowsOf = rowsIn(displacement.y, box, whole.width, whole.height);
  const out = new Float32Array(box.width);
  const wy = new Float32Array(4);
  return (j, first, end) => {
    const dx = columnsOf(j, first, end);
    const dy = rowsOf(j, first, end);
    const own = box.y + j - whole.y;
    for (let i = first; i < end; i++) {
      const sx = dx[i] as number;
      const sy = dy[i] as number;
      const column = box.x + i - whole.x;
      if (sx < STILL && sx > -STILL && sy < STILL && sy > -STILL) {
        out[i] = values[own * width + column] as number;
        continue;
      }
      const x = Math.min(width - 1, Math.max(0, column - sx * whole.width));
      const y = Math.min(height - 1, Math.max(0, own - sy * whole.height));
      const x0 = Math.floor(x);
      const y0 = Math.floor(y);
      // As catmullRom, whose weights are rounded to 32 bits; nothing is allocated for a pixel.
      const t = x - x0;
      const square = t * t;
      const cube = t * t * t;
      const a = Math.fround(-0.5 * cube + square - 0.5 * t);
      const b = Math.fround(1.5 * cube - 2.5 * square + 1);
      const c = Math.fround(-1.5 * cube + 2 * square + 0.5 * t);
      const d = Math.fround(0.5 * cube - 0.5 * square);
      // Along a row of pixels where nothing moves up or down.
      const isLevel = y === y0;
      if (!isLevel) catmullRom(y - y0, wy);
      const inner = x0 >= 1 && x0 < width - 2;
      let sum = 0;
      for (let n = isLevel ? 1 : 0, last = isLevel ? 1 : 3; n <= last; n++) {
        const row = Math.min(height - 1, Math.max(0, y0 + n - 1)) * width;
        const at0 = inner ? row + x0 - 1 : row + Math.max(0, x0 - 1);
        const at2 = inner ? at0 + 2 : row + Math.min(width - 1, x0 + 1);
        const at3 = inner ? at0 + 3 : row + Math.min(width - 1, x0 + 2);
        sum +=
          (isLevel ? 1 : (wy[n] as number)) *
          (a * (values[at0] as number) +
            b * (values[row + x0] as number) +
            c * (values[at2] as number) +
            d * (values[at3] as number));
      }
      out[i] = sum;
    }
    return out;
  };
}

/** The same where nothing moves up or down: a heart pushed aside. To the same bits. */
function shiftedRows(
  { values, width, height }: Pick<DensityImage, 'values' | 'width' | 'height'>,
  shift: Field,
  box: Box,
  whole: { readonly width: number; readonly height: number; readonly x: number; readonly y: number },
): Rows {
  const columnsOf = rowsIn(shift, box, whole.width, whole.height);
  const out = new Float32Array(box.width);
  const last = width - 1;
  return (j, first, end) => {
    const dx = columnsOf(j, first, end);
    const row = Math.min(height - 1, Math.max(0, box.y + j - whole.y)) * width;
    for (let i = first; i < end; i++) {
      const far = dx[i] as number;
      const column = box.x + i - whole.x;
      if (far < STILL && far > -STILL) {
        out[i] = values[row + column] as number;
        continue;
      }
      const x = Math.min(last, Math.max(0, column - far * whole.width));
      const x0 = Math.floor(x);
      // As catmullRom, whose weights are rounded to 32 bits.
      const t = x - x0;
      const square = t * t;
      const cube = t * t * t;
      out[i] =
        Math.fround(-0.5 * cube + square - 0.5 * t) * (values[row + Math.max(0, x0 - 1)] as number) +
        Math.fround(1.5 * cube - 2.5 * square + 1) * (values[row + x0] as number) +
        Math.fround(-1.5 * cube + 2 * square + 0.5 * t) * (values[row + Math.min(last, x0 + 1)] as number) +
        Math.fround(0.5 * cube - 0.5 * square) * (values[row + Math.min(last, x0 + 2)] as number);
    }
    return out;
  };
}

/** Weights of the four values around a place `t` of the way from the second to the third (Keys 1981, a = -1/2). */
function catmullRom(t: number, weights: Float32Array): void {
  const [square, cube] = [t * t, t * t * t];
  weights[0] = -0.5 * cube + square - 0.5 * t;
  weights[1] = 1.5 * cube - 2.5 * square + 1;
  weights[2] = -1.5 * cube + 2 * square + 0.5 * t;
  weights[3] = 0.5 * cube - 0.5 * square;
}

/** The geometry after the same displacement; the scale stays. */
export function displacedChest(chest: Chest, displacement: Displacement): Chest {
  const all: Box = { x: 0, y: 0, width: CHEST_GRID, height: CHEST_GRID };
  const moved = (field: Field): Field => ({
    ...field,
    data: displaced({ values: field.data, width: CHEST_GRID, height: CHEST_GRID }, displacement, all),
  });
  return chestMoved(chest, moved) ?? chest;
}

/** The same of a field of any size. */
export function displacedField(field: Field, displacement: Displacement): Field {
  const { width, height, data } = field;
  return {
    width,
    height,
    data: displaced({ values: data, width, height }, displacement, { x: 0, y: 0, width, height }),
  };
}

/** A displacement from its columns and rows of CHEST_GRID at each place of it. */
export function displacementOf(at: (x: number, y: number) => readonly [number, number]): Displacement {
  const y = new Float32Array(CHEST_GRID * CHEST_GRID);
  const x = makeField(CHEST_GRID, (column, row) => {
    const [dx, dy] = at(column + 0.5, row + 0.5);
    y[row * CHEST_GRID + column] = dy / CHEST_GRID;
    return dx / CHEST_GRID;
  });
  return { x, y: { ...x, data: y } };
}
