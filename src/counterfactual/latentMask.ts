/** Masks between the radiograph's pixels and the latent grid. */

import { GRID, GRID_CELLS, largestAround, lungMap, regionMap, type RegionMaps } from '../findings/regions';
import { knowledgeOf, type Site } from '../findings/knowledge';
import { ZONES, type Finding, type Place } from '../findings/vocabulary';
import type { Mask } from '../imaging/radiograph';
import { LATENT_CHANNELS, type Latent } from '../networks/typed';
import { coverage, keptMask } from './maskMaps';
import { softPlaces } from './softPlaces';

/** A latent cell is generated when the mask covers more than this share of it, as in training. */
const COVERED = 0.25;
/** Largest share of lung in a cell or its neighbours above which the cell is in reach of a lung finding. */
const NEAR_LUNG = 0.2;
/** Cells by which a finding reaches beyond the place's own map: pleura lines the lung, an enlarged heart grows into it. */
const REACH: Readonly<Record<Site, number>> = { lung: 0, pleura: 1, heart: 3, hiatus: 2, chest: 0 };

/** Hard mask [32 x 32]: 1 where the latent may change. A mask smaller than a cell takes the cell it covers most. */
export function latentMask(mask: Mask): Float32Array {
  const shares = coverage(mask, GRID);
  const hard = shares.map((share) => (share > COVERED ? 1 : 0));
  if (hard.includes(1)) return hard;
  const most = shares.reduce((largest, share) => Math.max(largest, share), 0);
  return most === 0 ? hard : shares.map((share) => (share === most ? 1 : 0));
}

/**
 * The part of a latent mask in or beside the lungs, all of it where none is: what is added in a lung stays inside the
 * lungs, however generously it was painted.
 */
export function withinLungs(mask: Float32Array, regions: RegionMaps): Float32Array {
  const reach = widened(lungMap(regions), 1);
  const inside = mask.map((value, cell) => ((reach[cell] ?? 0) > NEAR_LUNG ? value : 0));
  return inside.some((value) => value > 0) ? inside : mask;
}

/** Native-size soft mask of the places as the anatomist sees them, widened by the finding's reach. Not to be written to. */
export function placesMask(
  finding: Finding,
  places: readonly Place[],
  regions: RegionMaps,
  width: number,
  height: number,
): Mask {
  const reach = REACH[knowledgeOf(finding).site];
  return keptMask(regions, [reach, width, height, ...places].join(' '), () => {
    const own = widened(together(places, regions), reach);
    const inLungs = places.every((place) => ZONES.some((zone) => zone === place));
    return softPlaces(own, inLungs ? widened(lungMap(regions), reach) : own, width, height);
  });
}

function together(places: readonly Place[], regions: RegionMaps): Float32Array {
  const maps = places.map((place) => regionMap(regions, place));
  return Float32Array.from({ length: GRID_CELLS }, (_, cell) =>
    Math.min(
      1,
      maps.reduce((sum, map) => sum + (map[cell] ?? 0), 0),
    ),
  );
}

function widened(map: Float32Array, cells: number): Float32Array {
  return Array.from({ length: cells }).reduce<Float32Array>((so) => so.map((_, cell) => largestAround(so, cell)), map);
}

/** A mask [32 x 32] with an edge of a cell: the mean over a cell and its neighbours, as the healthy twin has learnt it. */
export function softCells(mask: Float32Array): Float32Array {
  return mask.map((_, cell) => {
    const x = cell % GRID;
    const y = (cell - x) / GRID;
    let [sum, count] = [0, 0];
    for (let row = Math.max(0, y - 1); row <= Math.min(GRID - 1, y + 1); row++)
      for (let column = Math.max(0, x - 1); column <= Math.min(GRID - 1, x + 1); column++) {
        sum += mask[row * GRID + column] as number;
        count++;
      }
    return sum / count;
  });
}

/** mask x changed + (1 - mask) x kept; where the mask is 0 the kept latent's bits. */
export function keepOutside(changed: Latent, kept: Latent, mask: Float32Array): Latent {
  const latent = kept.slice();
  for (let cell = 0; cell < mask.length; cell++) {
    const inside = mask[cell] as number;
    if (inside === 0) continue;
    for (let at = cell * LATENT_CHANNELS, end = at + LATENT_CHANNELS; at < end; at++)
      latent[at] = inside * (changed[at] as number) + (1 - inside) * (kept[at] as number);
  }
  return latent;
}
