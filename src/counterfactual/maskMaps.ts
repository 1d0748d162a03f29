/**
 * What several steps of an edit ask of the same mask, made once: on a large film each costs as much as a step of the denoiser.
 * Masks of an edit never change in place, and what is remembered goes with the mask.
 */

import type { RegionMaps } from '../findings/regions';
import { copyMask, featherMask } from '../imaging/mask';
import { maskToGrid } from '../imaging/mask-grid';
import type { Mask } from '../imaging/radiograph';
import { GRID_SIZE } from '../imaging/resample';

/** Width of the soft rim round the mask, in pixels of the 256 grid. */
const FEATHER = 6;

/** Masks of places that are kept beyond their edit, of a film of 3000² 18 MB each with its rim. */
const KEPT = 2;

interface Kept {
  readonly regions: RegionMaps;
  /** All else that the mask is made of. */
  readonly name: string;
  readonly mask: Mask;
}

let kept: readonly Kept[] = [];
/** What a later edit may ask for again: not to be handed over. */
const lasting = new WeakSet<Mask>();
const rims = new WeakMap<Mask, Mask>();
const shares = new WeakMap<Mask, Map<number, Float32Array>>();

/**
 * The mask of places on a film, the same for edits that follow one another: another seed, another grade, the receipt of the one
 * before. Not to be written to.
 * @param name of all that the mask is made of besides the regions
 */
export function keptMask(regions: RegionMaps, name: string, make: () => Mask): Mask {
  const known = kept.find((each) => each.regions === regions && each.name === name);
  const found = known ?? { regions, name, mask: make() };
  lasting.add(found.mask);
  kept = [found, ...kept.filter((each) => each !== found)].slice(0, KEPT);
  return found.mask;
}

/** The mask for a result, whose pixels may go to another thread: a copy where a later edit may ask for them again. */
export function handedOver(mask: Mask): Mask {
  return lasting.has(mask) ? copyMask(mask) : mask;
}

/** The mask with a soft rim outside it, about one latent cell wide. The same for every caller: not to be written to. */
export function softened(mask: Mask): Mask {
  const known = rims.get(mask);
  // Pixels of an answer that was handed over to another thread are gone.
  if (known?.data.length === mask.data.length) return known;
  const soft = featherMask(mask, (FEATHER * Math.max(mask.width, mask.height)) / GRID_SIZE);
  rims.set(mask, soft);
  if (lasting.has(mask)) lasting.add(soft);
  return soft;
}

/** As `maskToGrid`: how much of each cell of a size x size grid the mask covers. The same for every caller: not to be written to. */
export function coverage(mask: Mask, size: number): Float32Array {
  const known = shares.get(mask) ?? new Map<number, Float32Array>();
  shares.set(mask, known);
  const before = known.get(size);
  if (before !== undefined) return before;
  const share = maskToGrid(mask, size);
  known.set(size, share);
  return share;
}
