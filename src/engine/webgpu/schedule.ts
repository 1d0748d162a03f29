/** Which tile computes a product, and by how many kernels it is shared: the defaults, by the size of the result. */

import { at } from '../graph/list';
import { padded } from '../graph/pack';
import { rowsOf } from '../graph/split';
import type { Product, Tile } from './kernels/product';

export interface Schedule {
  tile(product: Product): Tile;
  /** 1 to leave it whole. */
  parts(product: Product): number;
}

const direct = (rows: number, columns: number, across: number, down: number): Tile => ({
  kind: 'direct',
  rows,
  columns,
  across,
  down,
  depth: 1,
});
const tiled = (rows: number, columns: number, across: number, down: number, depth: number): Tile => ({
  kind: 'tiled',
  rows,
  columns,
  across,
  down,
  depth,
});

/** All that may be chosen from; each is checked by the kernel tests. */
export const TILES = {
  'direct 1x1': direct(1, 1, 16, 4),
  'direct 4x1': direct(4, 1, 8, 8),
  'direct 4x2': direct(4, 2, 8, 8),
  'tiled 32x32': tiled(4, 1, 8, 8, 4),
  'tiled 64x64': tiled(8, 2, 8, 8, 4),
  'winograd, direct 8x2': { ...direct(8, 2, 8, 2), winograd: true },
  'winograd, tiled 32x32': { ...tiled(4, 1, 8, 8, 4), winograd: true },
} as const satisfies Readonly<Record<string, Tile>>;

export type TileName = keyof typeof TILES;

/** The same in half arithmetic. */
export const HALF_TILES = {
  'tiled 32x32': { ...TILES['tiled 32x32'], arithmetic: 'half' },
  'tiled 64x64': { ...TILES['tiled 64x64'], arithmetic: 'half' },
} as const satisfies Readonly<Record<string, Tile>>;

export function nameOfTile(tile: Tile): TileName | undefined {
  return (Object.keys(TILES) as TileName[]).find((name) => TILES[name] === tile);
}

/** Workgroups that keep a middling GPU busy. */
const ENOUGH_WORKGROUPS = 96;

/** Channels, in fours, that are worth a kernel of their own. */
const LEAST_SHARE = 4;

const MOST_PARTS = 16;

export const DEFAULT_SCHEDULE: Schedule = { tile: defaultTile, parts: defaultParts };

/** Half arithmetic where a product is tiled. */
export const HALF_SCHEDULE: Schedule = {
  tile: (product) => {
    const tile = defaultTile(product);
    if (tile === TILES['tiled 32x32']) return HALF_TILES['tiled 32x32'];
    return tile === TILES['tiled 64x64'] ? HALF_TILES['tiled 64x64'] : tile;
  },
  parts: defaultParts,
};

function defaultTile(product: Product): Tile {
  const rows = rowsOf(product);
  if (rows < 16) return TILES['direct 1x1'];
  return groupsOf(product, TILES['tiled 64x64']) >= ENOUGH_WORKGROUPS ? TILES['tiled 64x64'] : TILES['tiled 32x32'];
}

function defaultParts(product: Product): number {
  const groups = groupsOf(product, defaultTile(product));
  const fours = Math.min(...product.recipe.sources.map((channels) => padded(channels) / 4));
  const wanted = Math.min(Math.ceil(ENOUGH_WORKGROUPS / groups), Math.floor(fours / LEAST_SHARE), MOST_PARTS);
  return Math.max(1, wanted);
}

function groupsOf(product: Product, { rows, columns, across, down }: Tile): number {
  const width = padded(at(product.write.shape, -1)) / 4;
  return Math.ceil(rowsOf(product) / (rows * down)) * Math.ceil(width / (columns * across));
}

/** The same tile for all, never split. */
export function uniformSchedule(name: TileName, parts = 1): Schedule {
  return { tile: () => TILES[name], parts: () => parts };
}
