/**
 * Where in a lung something lies, in the lung's own coordinates, so that it fits another patient's: rows from the apex to the
 * diaphragm, columns from the mediastinum to the chest wall. Written as digits, so that a recipe stays readable.
 */

import type { Finding } from './vocabulary';

/** What can be drawn in a given shape. */
export const TAKES_SHAPE: ReadonlySet<Finding> = new Set<Finding>(['lung_opacity']);

export const LUNG_ROWS = 16;
export const LUNG_COLUMNS = 10;
const LEVELS = 16;

/** Of each lung LUNG_ROWS x LUNG_COLUMNS hexadecimal digits, row by row: 0 nothing, f all of it. */
export interface LungShape {
  readonly right: string;
  readonly left: string;
}

export const LUNG_SHAPE_PATTERN = new RegExp(`^[0-9a-f]{${String(LUNG_ROWS * LUNG_COLUMNS)}}$`);

/** @param values [LUNG_ROWS x LUNG_COLUMNS] in [0, 1] */
export function toDigits(values: ArrayLike<number>): string {
  return Array.from(values, (value) =>
    Math.round(Math.min(1, Math.max(0, value)) * (LEVELS - 1)).toString(LEVELS),
  ).join('');
}

/**
 * @param down 0 at the apex, 1 at the diaphragm
 * @param out 0 at the mediastinum, 1 at the chest wall
 * @returns [0, 1], bilinear between the centres of cells
 */
export function shapeAt(digits: string, down: number, out: number): number {
  const y = Math.min(Math.max(down * LUNG_ROWS - 0.5, 0), LUNG_ROWS - 1);
  const x = Math.min(Math.max(out * LUNG_COLUMNS - 0.5, 0), LUNG_COLUMNS - 1);
  const [y0, x0] = [Math.floor(y), Math.floor(x)];
  const [y1, x1] = [Math.min(y0 + 1, LUNG_ROWS - 1), Math.min(x0 + 1, LUNG_COLUMNS - 1)];
  const at = (row: number, column: number): number =>
    Number.parseInt(digits.charAt(row * LUNG_COLUMNS + column), LEVELS) / (LEVELS - 1);
  const mix = (one: number, other: number, share: number): number => one + (other - one) * share;
  return mix(mix(at(y0, x0), at(y0, x1), x - x0), mix(at(y1, x0), at(y1, x1), x - x0), y - y0);
}
