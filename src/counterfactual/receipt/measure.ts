/** Figures of a receipt that need no network: of maps and readings before and after. */

import { GRID, GRID_CELLS, lungMap, regionMap, type RegionMaps } from '../../findings/regions';
import { ZONES, type Zone } from '../../findings/vocabulary';
import type { Mask } from '../../imaging/radiograph';
import { GRID_SIZE, resizeArea } from '../../imaging/resample';
import type { ImageGrid } from '../../networks/typed';
import type { AnatomyDrift } from '../edit';
import { coverage } from '../maskMaps';

/** A cell is lung or heart from this share on. */
const OWN = 0.5;

/** Dice of two binary maps; 1 where both are empty. */
export function dice(one: readonly boolean[], other: readonly boolean[]): number {
  const count = (map: readonly boolean[]): number => map.filter(Boolean).length;
  const total = count(one) + count(other);
  const both = one.filter((inside, index) => inside && other[index] === true).length;
  return total === 0 ? 1 : (2 * both) / total;
}

/** How well lungs and heart of the anatomist agree before and after. */
export function anatomyDrift(before: RegionMaps, after: RegionMaps): AnatomyDrift {
  const inside = (map: Float32Array): readonly boolean[] => Array.from(map, (share) => share > OWN);
  const heart = (maps: RegionMaps): Float32Array => regionMap(maps, 'mediastinum');
  return {
    lungs: dice(inside(lungMap(before)), inside(lungMap(after))),
    heart: dice(inside(heart(before)), inside(heart(after))),
  };
}

/** Share of a zone's own cells from which a mask reaches it: less is the rim of its neighbour. */
const REACHED = 0.005;

/** Zones of which some pixel can have changed: outside the soft mask every one is the original's. */
export function zonesReached(soft: Mask, regions: RegionMaps): readonly Zone[] {
  const covered = coverage(soft, GRID);
  return ZONES.filter((zone) => {
    const own = regionMap(regions, zone).map((share) => (share > OWN ? share : 0));
    return (meanInside(covered, own) ?? 0) > REACHED;
  });
}

/** Mean change of each cell of the 32x32 grid as a share of the grey range; images [256 x 256] in [-1, 1]. */
export function changeMap(before: ImageGrid, after: ImageGrid): Float32Array {
  const difference = after.map((value, index) => (value - (before[index] ?? 0)) / 2);
  return resizeArea(difference, GRID_SIZE, GRID_SIZE, GRID, GRID);
}

/** Mean of a map [32 x 32] where `weight` is; undefined where the weight is nowhere. */
export function meanInside(map: Float32Array, weight: Float32Array): number | undefined {
  let sum = 0;
  let total = 0;
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    sum += (map[cell] ?? 0) * (weight[cell] ?? 0);
    total += weight[cell] ?? 0;
  }
  return total < Number.EPSILON ? undefined : sum / total;
}

/** Mean |y - x| of images [256 x 256] in [-1, 1] as a share of the grey range, weighted by a mask [256 x 256]. */
export function meanError(x: ImageGrid, y: ImageGrid, mask: Float32Array): number {
  let sum = 0;
  let total = 0;
  for (let index = 0; index < x.length; index++) {
    sum += (Math.abs((y[index] ?? 0) - (x[index] ?? 0)) / 2) * (mask[index] ?? 0);
    total += mask[index] ?? 0;
  }
  return sum / Math.max(total, 1e-6);
}
