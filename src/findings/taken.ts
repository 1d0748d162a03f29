/**
 * What an erasure took: how the film's latent differs from the erased one's, cell by cell, so that the erased film alone can give
 * it back (blueprint, Method 4). The residual before it is pooled into a pathology's tokens: it fits this chest and no other.
 */

import { fromBase64, toBase64 } from '../imaging/base64';
import { GRID_CELLS } from './regions';
import type { Finding, Place, Severity, Zone } from './vocabulary';

/** What can be taken and given back so. */
export const TAKES_BACK: ReadonlySet<Finding> = new Set<Finding>(['lung_opacity']);

/** Channels of a latent. */
export const TAKEN_CHANNELS = 8;
const LEVELS = 127;
const BITMAP_BYTES = GRID_CELLS / 8;
/** Greatest number of a cell below which it counts as not changed, as a share of the greatest of all: what rounding makes 0. */
const LEAST = 0.5 / LEVELS;

/** As recipes keep it. */
export interface Taken {
  /** The zones that it lay in, and the greatest grade that was read in them. */
  readonly places: readonly Zone[];
  readonly severity: Severity;
  /** What was read in each of them: grades that are asked are shares of it. Absent: 0.18.0 kept the greatest alone. */
  readonly severities?: Readonly<Partial<Record<Zone, Severity>>>;
  readonly scale: number;
  /** A bit for each cell of the 32 x 32, lowest first: those that follow; in base64. */
  readonly cells: string;
  /** TAKEN_CHANNELS signed bytes a cell, times the scale; in base64. */
  readonly values: string;
}

export const TAKEN_CELLS_PATTERN = new RegExp(
  `^[A-Za-z0-9+/]{${String(Math.ceil((BITMAP_BYTES * 4) / 3))}}={${String((3 - (BITMAP_BYTES % 3)) % 3)}}$`,
);
export const TAKEN_VALUES_PATTERN = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * @param residual [32 x 32 x 8], the film's latent less the erased one's
 * @param within [32 x 32]: cells that are 0 there are left out
 * @returns undefined where nothing is left
 */
export function packTaken(
  residual: Float32Array,
  within: Float32Array,
  lay: Pick<Taken, 'places' | 'severity' | 'severities'>,
): Taken | undefined {
  const greatestOf = (cell: number): number =>
    residual
      .subarray(cell * TAKEN_CHANNELS, (cell + 1) * TAKEN_CHANNELS)
      .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const inside = Array.from({ length: GRID_CELLS }, (_, cell) => cell).filter((cell) => (within[cell] ?? 0) > 0);
  const greatest = inside.reduce((most, cell) => Math.max(most, greatestOf(cell)), 0);
  if (greatest === 0) return undefined;
  const scale = greatest / LEVELS;
  const cells = inside.filter((cell) => greatestOf(cell) >= LEAST * greatest);
  const bitmap = new Uint8Array(BITMAP_BYTES);
  const values = new Int8Array(cells.length * TAKEN_CHANNELS);
  for (const [at, cell] of cells.entries()) {
    bitmap[cell >> 3] = (bitmap[cell >> 3] as number) | (1 << (cell & 7));
    for (let channel = 0; channel < TAKEN_CHANNELS; channel++)
      values[at * TAKEN_CHANNELS + channel] = Math.round((residual[cell * TAKEN_CHANNELS + channel] as number) / scale);
  }
  return { ...lay, scale, cells: toBase64(bitmap), values: toBase64(new Uint8Array(values.buffer)) };
}

/** The grade that stands for all of what lay in a place. */
export function gradeTaken({ severity, severities }: Pick<Taken, 'severity' | 'severities'>, place: Place): Severity {
  return (severities as Readonly<Partial<Record<Place, Severity>>> | undefined)?.[place] ?? severity;
}

/** Whether there are as many values as the cells ask for. */
export function isWhole(taken: Pick<Taken, 'cells' | 'values'>): boolean {
  // Schemas ask this also of what they have found to be no base64.
  if (!TAKEN_CELLS_PATTERN.test(taken.cells) || !TAKEN_VALUES_PATTERN.test(taken.values)) return false;
  const cells = takenCells(taken).reduce((sum, value) => sum + value, 0);
  return fromBase64(taken.values).length === cells * TAKEN_CHANNELS;
}

/** [32 x 32 x 8], 0 where nothing was taken. @throws RangeError where cells and values do not go together */
export function unpackTaken({ scale, cells, values }: Taken): Float32Array {
  const bitmap = fromBase64(cells);
  const bytes = new Int8Array(fromBase64(values).buffer);
  const residual = new Float32Array(GRID_CELLS * TAKEN_CHANNELS);
  let at = 0;
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    if (((bitmap[cell >> 3] ?? 0) & (1 << (cell & 7))) === 0) continue;
    for (let channel = 0; channel < TAKEN_CHANNELS; channel++)
      residual[cell * TAKEN_CHANNELS + channel] = (bytes[at++] ?? 0) * scale;
  }
  if (at !== bytes.length) throw new RangeError(`${String(bytes.length)} values for ${String(at)} of the cells taken`);
  return residual;
}

/** Cells that something was taken from, [32 x 32]: 1 or 0. */
export function takenCells({ cells }: Pick<Taken, 'cells'>): Float32Array {
  const bitmap = fromBase64(cells);
  return Float32Array.from({ length: GRID_CELLS }, (_, cell) =>
    ((bitmap[cell >> 3] ?? 0) & (1 << (cell & 7))) === 0 ? 0 : 1,
  );
}
