/**
 * A film taken apart for drawing: what is broad (soft tissue, with its strong borders), what is narrow (ribs and vessels), and
 * the grain finer than the working grid. Fluid replaces the first, dims the second and keeps the third.
 */

import type { Chest } from '../chest';
import { densityAt, type DensityImage } from '../density';
import { blurredValues, CHEST_GRID, fieldIn, rowsIn, type Box, type Field } from '../field';
import { keptByPair } from '../kept';

/** Longest side of the grid that structure is told from grain on: about 0.7 mm a cell. */
const WORK_SIDE = 512;
/** Structures narrower than about twice this are detail (a posterior rib is 10-15 mm wide). */
const BROAD_MM = 9;
/** Steps of density above which a border counts as one of tissues (diaphragm, heart) and stays broad; ribs are half of it or less. */
const BORDER = 0.09;

export interface Layers {
  /** The film on the working grid. */
  readonly film: Field;
  /** Broad densities, with the borders of diaphragm, heart and chest wall as they are (a guided filter: He, Sun, Tang 2013). */
  readonly broad: Field;
  /** Cells of the working grid a millimetre, across and down. */
  readonly cellsPerMm: readonly [number, number];
}

/** Taken apart once for a film and its chest. */
export const layersOf = keptByPair(takenApart);

/** Of the working grid of a film of so many pixels. */
export function workingSize(film: { readonly width: number; readonly height: number }): {
  readonly width: number;
  readonly height: number;
} {
  const scale = Math.min(1, WORK_SIDE / Math.max(film.width, film.height));
  const cells = (pixels: number): number => Math.max(1, Math.round(pixels * scale));
  return { width: cells(film.width), height: cells(film.height) };
}

function takenApart(image: DensityImage, chest: Chest): Layers {
  const { width, height } = workingSize(image);
  const values =
    width === image.width && height === image.height ? image.values : densityAt(image, width, height).values;
  const film: Field = { width, height, data: values };
  const cellsPerMm = [
    width / CHEST_GRID / (chest.aspect * chest.millimetresPerRow),
    height / CHEST_GRID / chest.millimetresPerRow,
  ] as const;
  return { film, broad: borderKept(film, BROAD_MM * cellsPerMm[0], BROAD_MM * cellsPerMm[1]), cellsPerMm };
}

/** Smooth but for strong borders: a + b·value with a near 1 where the variance is that of a border. Coefficients at half size. */
function borderKept(film: Field, sigmaX: number, sigmaY: number): Field {
  const [w, h] = [Math.ceil(film.width / 2), Math.ceil(film.height / 2)];
  const box: Box = { x: 0, y: 0, width: w, height: h };
  const half = fieldIn(film, box, w, h);
  const blur = (values: Float32Array): Float32Array => blurredValues(values, w, h, sigmaX / 2, sigmaY / 2);
  const mean = blur(half);
  const squares = blur(half.map((value) => value * value));
  const [gain, offset] = [new Float32Array(w * h), new Float32Array(w * h)];
  for (let i = 0; i < gain.length; i++) {
    const m = mean[i] as number;
    const variance = Math.max(0, (squares[i] as number) - m * m);
    gain[i] = variance / (variance + BORDER * BORDER);
    offset[i] = m * (1 - (gain[i] as number));
  }
  const whole: Box = { x: 0, y: 0, width: film.width, height: film.height };
  const [a, b] = [gain, offset].map((values) =>
    fieldIn({ width: w, height: h, data: blur(values) }, whole, film.width, film.height),
  ) as [Float32Array, Float32Array];
  return { ...film, data: film.data.map((value, i) => (a[i] as number) * value + (b[i] as number)) };
}

/** Mean absolute difference of the image from its working grid in the box: what its grain comes to. */
export function grainOf(image: DensityImage, film: Field, box: Box): number {
  const rows = rowsIn(film, box, image.width, image.height);
  let [sum, count] = [0, 0];
  const step = Math.max(1, Math.floor(Math.min(box.width, box.height) / 160));
  for (let j = 0; j < box.height; j += step) {
    const row = rows(j, 0, box.width);
    for (let i = 0; i < box.width; i += step) {
      sum += Math.abs((image.values[(box.y + j) * image.width + box.x + i] as number) - (row[i] as number));
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}
