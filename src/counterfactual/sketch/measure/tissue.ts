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

/** Less room than this below what fills it, as a share of the way from lung to it, is none. */
const LEAST_ROOM = 0.25;
/** A change of less than this share of the window is none. */
const LEAST_CHANGE = 0.01;

/**
 * How much of the way a cell has come, since `before`, to what the fullest of the changed lung became: 0 as it was, 1 as full.
 * NaN where it was as dense before. A film's own heart would be the wrong end of the scale: hearts of flat films are hardly denser
 * than the wall of the chest.
 */
export function gainOver(after: Greys, before: Greys, { right, left }: Chest): (cell: number) => number {
  const change = after.film.data.map((is, cell) => is - (before.film.data[cell] as number));
  const own = Array.from(change.keys()).filter(
    (cell) => Math.max(right.share.data[cell] as number, left.share.data[cell] as number) > 0.5,
  );
  const most = own.reduce((max, cell) => Math.max(max, change[cell] as number), 0);
  if (most < LEAST_CHANGE) return () => 0;
  const fullest = own.filter((cell) => (change[cell] as number) > FULLEST * most);
  const full = quantile(
    fullest.map((cell) => after.film.data[cell] as number),
    0.5,
  );
  const least = LEAST_ROOM * Math.max(0.05, full - before.lung);
  return (cell) => {
    const room = full - (before.film.data[cell] as number);
    return room < least ? NaN : (change[cell] as number) / room;
  };
}

/** Share of the greatest change from which a cell tells how dense what fills it is. */
const FULLEST = 0.7;

export function quantile(values: readonly number[], share: number): number {
  return Float32Array.from(values).sort()[Math.min(values.length - 1, Math.floor(share * values.length))] ?? NaN;
}
