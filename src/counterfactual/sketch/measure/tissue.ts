/** Greys to measure against: what is lung and what is soft tissue on this film, each from the film itself. */

import type { Chest } from '../chest';
import { densityAt, type DensityImage } from '../density';
import { blurred, CHEST_GRID, type Field } from '../field';

export interface Greys {
  /** The film on CHEST_GRID, without grain. */
  readonly film: Field;
  /** Density of aerated lung, and of soft tissue. */
  readonly lung: number;
  readonly tissue: number;
}

export function greysOf(image: DensityImage, chest: Chest): Greys {
  const small: Field = { width: CHEST_GRID, height: CHEST_GRID, data: densityAt(image, CHEST_GRID, CHEST_GRID).values };
  const film = blurred(small, 1);
  const within = (share: Field, least: number): readonly number[] =>
    Array.from(film.data.filter((_, cell) => (share.data[cell] as number) > least));
  // The clearer of two lungs says what air looks like: the other may be full.
  const air = Math.min(...[chest.right, chest.left].map(({ share }) => quantile(within(share, 0.9), 0.3)));
  return { film, lung: air, tissue: quantile(within(chest.heart.share, 0.7), 0.5) };
}

/** 0 for lung, 1 for soft tissue. */
export function solidity({ film, lung, tissue }: Greys, cell: number): number {
  return ((film.data[cell] as number) - lung) / Math.max(0.05, tissue - lung);
}

export function quantile(values: readonly number[], share: number): number {
  return Float32Array.from(values).sort()[Math.min(values.length - 1, Math.floor(share * values.length))] ?? NaN;
}
