/** How near a film from which something was taken away comes to the film before it was drawn. */

import { GRID_SIZE } from '../../src/imaging/resample';
import type { ImageGrid } from '../../src/networks/typed';

/** Pixels over which a change is averaged before it is compared, as `training drawn-edits` does. */
const COARSE = 4;
/** Grey levels of 256 from which a pixel counts as drawn on. */
const VISIBLE = 4;
/** Reach in pixels of the windows between whose means texture lies: vessels and the edges of ribs. */
const FINE = 1;
const BROAD = 5;

export interface Figures {
  /** Cosine of the change that was made and the one that was wanted; 1 is the very change, 0 has nothing of it. */
  readonly likeness: number;
  /** Distance to the film before over that of the film that was drawn on: 0 is the film before, 1 is nothing done. */
  readonly left: number;
  /** Deviation of the texture where it was drawn, over that of the film before. */
  readonly texture: number;
}

/** Films of [256 x 256] in [-1, 1]. */
export interface Films {
  readonly before: ImageGrid;
  readonly drawn: ImageGrid;
  readonly taken: ImageGrid;
}

/** Undefined where nothing visible was drawn. */
export function figuresOf({ before, drawn, taken }: Films): Figures | undefined {
  const where = visible(before, drawn);
  if (!where.includes(true)) return undefined;
  const wanted = coarse(before.map((value, at) => value - (drawn[at] as number)));
  const made = coarse(taken.map((value, at) => value - (drawn[at] as number)));
  const size = norm(wanted);
  const along = wanted.reduce((sum, value, at) => sum + value * (made[at] as number), 0);
  return {
    likeness: along / Math.max(1e-6, size * norm(made)),
    left: norm(wanted.map((value, at) => value - (made[at] as number))) / size,
    texture: deviation(textureOf(taken), where) / deviation(textureOf(before), where),
  };
}

/** Pixels that a drawing changed by more than VISIBLE. */
export function visible(before: ImageGrid, drawn: ImageGrid): readonly boolean[] {
  return Array.from(before, (value, at) => Math.abs(value - (drawn[at] as number)) > VISIBLE / 127.5);
}

function coarse(values: Float32Array): Float32Array {
  const side = GRID_SIZE / COARSE;
  const means = new Float32Array(side * side);
  values.forEach((value, at) => {
    const cell = Math.floor(at / GRID_SIZE / COARSE) * side + Math.floor((at % GRID_SIZE) / COARSE);
    means[cell] = (means[cell] as number) + value / COARSE ** 2;
  });
  return means;
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

function textureOf(image: ImageGrid): Float32Array {
  const [fine, broad] = [windowed(image, FINE), windowed(image, BROAD)];
  return fine.map((value, at) => value - (broad[at] as number));
}

/** Means over windows that reach so many pixels out, first along rows, then along columns; the border goes on. */
function windowed(image: ImageGrid, reach: number): Float32Array {
  const along = (values: Float32Array, step: number): Float32Array =>
    values.map((_, at) => {
      const place = step === 1 ? at % GRID_SIZE : Math.floor(at / GRID_SIZE);
      let sum = 0;
      for (let by = -reach; by <= reach; by++) {
        const to = Math.min(GRID_SIZE - 1, Math.max(0, place + by));
        sum += values[at + (to - place) * step] as number;
      }
      return sum / (2 * reach + 1);
    });
  return along(along(image, 1), GRID_SIZE);
}

function deviation(values: Float32Array, where: readonly boolean[]): number {
  const chosen = values.filter((_, at) => where[at]);
  const mean = chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
  return Math.sqrt(chosen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / chosen.length);
}
