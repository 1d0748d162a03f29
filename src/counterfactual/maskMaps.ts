/**
 * What several steps of an edit ask of the same mask, made once: on a large film each costs as much as a step of the denoiser.
 * Masks of an edit never change in place, and what is remembered goes with the mask.
 */

import { featherMask } from '../imaging/mask';
import { maskToGrid } from '../imaging/mask-grid';
import type { Mask } from '../imaging/radiograph';
import { GRID_SIZE } from '../imaging/resample';

/** Width of the soft rim round the mask, in pixels of the 256 grid. */
const FEATHER = 6;

const rims = new WeakMap<Mask, Mask>();
const shares = new WeakMap<Mask, Map<number, Float32Array>>();

/** The mask with a soft rim outside it, about one latent cell wide. The same for every caller: not to be written to. */
export function softened(mask: Mask): Mask {
  const known = rims.get(mask);
  // Pixels of an answer that was handed over to another thread are gone.
  if (known?.data.length === mask.data.length) return known;
  const soft = featherMask(mask, (FEATHER * Math.max(mask.width, mask.height)) / GRID_SIZE);
  rims.set(mask, soft);
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
