/** Maps of the statement's REGIONS on the latent grid, from the anatomist's probabilities. */

import { REGIONS, ZONES, type Region } from './vocabulary';

/** Side of the latent grid. */
export const GRID = 32;
export const GRID_CELLS = GRID * GRID;
/** Side of the anatomist's map. */
const FINE = 64;
/** Background, the six zones, mediastinum. */
export const ANATOMY_CLASSES = ZONES.length + 2;

/** [32, 32, 10] row by row, channels in REGIONS order, values in [0, 1]. */
export type RegionMaps = Float32Array & { readonly __unit?: 'regions' };

/**
 * Region maps without a focus.
 * @param probabilities softmax of the anatomist, [64, 64, 8] row by row: background, zones, mediastinum
 *
 * Zones and mediastinum are averaged over 2x2 cells; pleura is the rim maxpool3x3(lungs) - lungs; anywhere is 1.
 */
export function zonesToRegions(probabilities: Float32Array): RegionMaps {
  const maps: RegionMaps = new Float32Array(GRID_CELLS * REGIONS.length);
  const lungs = new Float32Array(GRID_CELLS);
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    const x = cell % GRID;
    const y = (cell - x) / GRID;
    let sum = 0;
    for (let region = 0; region <= ZONES.length; region++) {
      let share = 0;
      for (let part = 0; part < 4; part++) {
        const fine = (2 * y + (part >> 1)) * FINE + 2 * x + (part & 1);
        share += (probabilities[fine * ANATOMY_CLASSES + 1 + region] ?? 0) / 4;
      }
      maps[cell * REGIONS.length + region] = share;
      if (region < ZONES.length) sum += share;
    }
    lungs[cell] = Math.min(1, sum);
    maps[cell * REGIONS.length + REGIONS.indexOf('anywhere')] = 1;
  }
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    const rim = largestAround(lungs, cell) - (lungs[cell] ?? 0);
    maps[cell * REGIONS.length + REGIONS.indexOf('pleura')] = Math.min(1, Math.max(0, rim));
  }
  return maps;
}

/** Largest value among a cell of [32 x 32] and its eight neighbours. */
export function largestAround(map: Float32Array, cell: number): number {
  const x = cell % GRID;
  const y = (cell - x) / GRID;
  let largest = 0;
  for (let row = Math.max(0, y - 1); row <= Math.min(GRID - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(GRID - 1, x + 1); column++) {
      largest = Math.max(largest, map[row * GRID + column] ?? 0);
    }
  }
  return largest;
}

/** The maps with the painted mask, [32 x 32], as the focus region. */
export function withFocus(maps: RegionMaps, focus: Float32Array): RegionMaps {
  const focused = maps.slice();
  const channel = REGIONS.indexOf('focus');
  for (let cell = 0; cell < GRID_CELLS; cell++) focused[cell * REGIONS.length + channel] = focus[cell] ?? 0;
  return focused;
}

/** One region's map, [32 x 32]. */
export function regionMap(maps: RegionMaps, region: Region): Float32Array {
  const channel = REGIONS.indexOf(region);
  const map = new Float32Array(GRID_CELLS);
  for (let cell = 0; cell < GRID_CELLS; cell++) map[cell] = maps[cell * REGIONS.length + channel] ?? 0;
  return map;
}

/** Sum of the six zones, at most 1 a cell: how much of the cell is lung. */
export function lungMap(maps: RegionMaps): Float32Array {
  const lungs = new Float32Array(GRID_CELLS);
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    for (let zone = 0; zone < ZONES.length; zone++)
      lungs[cell] = (lungs[cell] ?? 0) + (maps[cell * REGIONS.length + zone] ?? 0);
    lungs[cell] = Math.min(1, lungs[cell] ?? 0);
  }
  return lungs;
}
