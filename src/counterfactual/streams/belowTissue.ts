/** What is drawn over lung comes no further than soft tissue: lung that is wholly filled is as dense as the heart, not denser. */

import { GRID, GRID_CELLS, lungMap, regionMap, type RegionMaps } from '../../findings/regions';
import { GRID_SIZE } from '../../imaging/resample';
import { saturated } from '../sketch/density';
import { blurredValues } from '../sketch/field';
import type { ImageGrid } from '../../networks/typed';

/** Above the heart by this share of what parts it from the darkest lung: walls and ribs lie over what is filled. */
const HEADROOM = 0.1;
/** Blur, in pixels of 256, over which a place counts as dense: wider than a vessel or a rib's edge. */
const BROAD = 5;
/** Shares of a cell that make it heart, or lung. */
const [HEART, LUNG] = [0.6, 0.9];
/** Of the heart's cells the middle one, of the lungs' the darkest but a few. */
const [MIDDLE, DARKEST] = [0.5, 0.05];

/**
 * @param before [256 x 256] grey in about [-1, 1], dense is bright
 * @param more what is to be added to it; what takes away stays
 * @returns what may be added: nearly all of a little, never as much as would pass soft tissue. `more` itself where no heart or lung is found
 */
export function belowTissue(before: ImageGrid, more: Float32Array, regions: RegionMaps): Float32Array {
  const cells = meansOfCells(before);
  const tissue = quantileOf(cells, regionMap(regions, 'mediastinum'), HEART, MIDDLE);
  const air = quantileOf(cells, lungMap(regions), LUNG, DARKEST);
  if (tissue === undefined || air === undefined || tissue <= air) return more;
  const ceiling = tissue + HEADROOM * (tissue - air);
  const base = blurredValues(before, GRID_SIZE, GRID_SIZE, BROAD);
  return more.map((value, at) => {
    if (value <= 0) return value;
    // A rib or the heart's own edge is there already, and vessels are lost in what is filled.
    return saturated(value, ceiling - Math.max(base[at] as number, before[at] as number));
  });
}

function meansOfCells(image: ImageGrid): Float32Array {
  const side = GRID_SIZE / GRID;
  const means = new Float32Array(GRID_CELLS);
  for (let at = 0; at < image.length; at++) {
    const cell = Math.floor(at / GRID_SIZE / side) * GRID + Math.floor((at % GRID_SIZE) / side);
    means[cell] = (means[cell] as number) + (image[at] as number) / side ** 2;
  }
  return means;
}

function quantileOf(values: Float32Array, shares: Float32Array, least: number, share: number): number | undefined {
  const own = values.filter((_, cell) => (shares[cell] as number) >= least).sort();
  return own[Math.floor(share * (own.length - 1))];
}
