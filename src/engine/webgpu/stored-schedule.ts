/** A schedule as it can be kept: which family of kernels an adapter likes, and exceptions for single products. */

import * as z from 'zod/mini';
import type { AdapterName } from './device';
import type { Product } from './kernels/product';
import { rowsOf } from '../graph/split';
import { winogradSide } from '../graph/winograd-products';
import { DEFAULT_SCHEDULE, type Schedule, type TileName, TILES } from './schedule';

/** Raised whenever kernels or tiles change, so that what was measured with others is forgotten. */
export const ENGINE_VERSION = 2;

/** Reads through the cache only; the cheapest to compile. */
const WHOLE: Schedule = {
  // A tile of more rows than there are computes the last one again and again.
  tile: (product) => TILES[rowsOf(product) < 16 ? 'direct 1x1' : 'direct 4x2'],
  parts: () => 1,
};

/** The cheapest to compile first: `tune` stops after `FOR_SOFTWARE` of them where an adapter computes in software. */
export const FAMILIES = {
  'direct, whole': WHOLE,
  'direct, transformed': transforming(WHOLE, 'winograd, direct 8x2'),
  'direct, shared': { tile: () => TILES['direct 4x2'], parts: (product) => DEFAULT_SCHEDULE.parts(product) },
  tiled: DEFAULT_SCHEDULE,
  'tiled, transformed': transforming(DEFAULT_SCHEDULE, 'winograd, tiled 32x32'),
} as const satisfies Readonly<Record<string, Schedule>>;
export const FOR_SOFTWARE = 2;
export type FamilyName = keyof typeof FAMILIES;

/** Windows of 3x3 by Winograd's products wherever that can be done. */
function transforming(otherwise: Schedule, name: TileName): Schedule {
  return { ...otherwise, tile: (product) => (winogradSide(product) ? TILES[name] : otherwise.tile(product)) };
}

export interface ProductChoice {
  readonly tile: TileName;
  readonly parts: number;
}

export interface StoredSchedule {
  readonly family: FamilyName;
  /** By `productKey`. */
  readonly products: Readonly<Record<string, ProductChoice>>;
}

/** Adapters that share a key are taken to be alike. */
export function memoryKey({ vendor, architecture, device, description }: AdapterName): string {
  return [`v${ENGINE_VERSION}`, vendor, architecture, device, description].join('|');
}

/** What a product's speed depends on: equal for a product and for its share. */
export function productKey(product: Product): string {
  const { recipe, window } = product;
  const { height, width, stride, dilation } = window;
  return `${rowsOf(product)}x${recipe.columns} of ${recipe.sources.join('+')} by ${height}x${width}/${stride}/${dilation}`;
}

const FAMILY_NAMES = Object.keys(FAMILIES) as [FamilyName, ...FamilyName[]];
const TILE_NAMES = Object.keys(TILES) as [TileName, ...TileName[]];

const storedSchema = z.object({
  family: z.enum(FAMILY_NAMES),
  products: z.record(z.string(), z.object({ tile: z.enum(TILE_NAMES), parts: z.int().check(z.gte(1), z.lte(16)) })),
});

/** Undefined for anything that no engine of this version has written. */
export function parseStored(value: unknown): StoredSchedule | undefined {
  const parsed = storedSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

export function scheduleOf({ family, products }: StoredSchedule): Schedule {
  const own = (product: Product) => products[productKey(product)];
  const otherwise = FAMILIES[family];
  return {
    tile: (product) => {
      const choice = own(product);
      return choice ? TILES[choice.tile] : otherwise.tile(product);
    },
    parts: (product) => own(product)?.parts ?? otherwise.parts(product),
  };
}
