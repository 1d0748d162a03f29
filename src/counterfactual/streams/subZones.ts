/**
 * Sub-zones of both lungs in the lung's own coordinates: down by its rows, out by its columns (the twin of training's
 * networks/residual_streams.py).
 */

import { SUB_ZONE_COLUMNS, SUB_ZONE_ROWS, SUB_ZONES } from '../../findings/pathology';
import { GRID, GRID_CELLS, type RegionMaps } from '../../findings/regions';
import { REGIONS, ZONES } from '../../findings/vocabulary';

const LEVELS = ZONES.length / 2;
/** So little lung in a row counts as this much: no division by nothing. */
const LEAST_ROW = 0.3;
const LEAST = 1e-3;
/** The same of a sub-zone, in cells. */
const LEAST_MASS = 0.5;

/** Of one lung, [32 x 32] each: how much of a cell is lung, how far down it lies (0 apex), how far out (0 mediastinum). */
interface LungCoordinates {
  readonly lung: Float32Array;
  readonly down: Float32Array;
  readonly out: Float32Array;
}

/** The right lung's, then the left's. */
function lungCoordinates(regions: RegionMaps): readonly [LungCoordinates, LungCoordinates] {
  return [coordinatesOf(regions, 0), coordinatesOf(regions, 1)];
}

function coordinatesOf(regions: RegionMaps, side: 0 | 1): LungCoordinates {
  const lung = new Float32Array(GRID_CELLS);
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    let sum = 0;
    for (let level = 0; level < LEVELS; level++) sum += regions[cell * REGIONS.length + side * LEVELS + level] ?? 0;
    lung[cell] = Math.min(1, Math.max(0, sum));
  }
  const widths = Float32Array.from({ length: GRID }, (_, row) => sumOf(lung.subarray(row * GRID, (row + 1) * GRID)));
  const rows = widths.map((width) => Math.min(1, width));
  const height = Math.max(LEAST, sumOf(rows));
  const down = new Float32Array(GRID_CELLS);
  const out = new Float32Array(GRID_CELLS);
  let above = 0;
  for (let row = 0; row < GRID; row++) {
    const own = rows[row] as number;
    const depth = (above + own / 2) / height;
    above += own;
    const width = Math.max(LEAST_ROW, widths[row] as number);
    let before = 0;
    for (let cell = row * GRID; cell < (row + 1) * GRID; cell++) {
      const share = lung[cell] as number;
      const across = (before + share / 2) / width;
      before += share;
      down[cell] = depth;
      // The right lung lies at the picture's left: its mediastinum is where the columns end.
      out[cell] = Math.min(1, Math.max(0, side === 0 ? 1 - across : across));
    }
  }
  return { lung, down, out };
}

/** Weights of `count` places along [0, 1], linear between their middles. */
function tent(at: number, place: number, count: number): number {
  const x = Math.min(count - 1, Math.max(0, at * count - 0.5));
  return Math.max(0, 1 - Math.abs(x - place));
}

/** [SUB_ZONES x 1024]; their sum is the lungs. */
export function subZones(regions: RegionMaps): Float32Array {
  const maps = new Float32Array(SUB_ZONES * GRID_CELLS);
  lungCoordinates(regions).forEach(({ lung, down, out }, side) => {
    for (let cell = 0; cell < GRID_CELLS; cell++) {
      const share = lung[cell] as number;
      if (share === 0) continue;
      for (let row = 0; row < SUB_ZONE_ROWS; row++) {
        const vertical = tent(down[cell] as number, row, SUB_ZONE_ROWS);
        if (vertical === 0) continue;
        for (let column = 0; column < SUB_ZONE_COLUMNS; column++) {
          const zone = (side * SUB_ZONE_ROWS + row) * SUB_ZONE_COLUMNS + column;
          maps[zone * GRID_CELLS + cell] = vertical * tent(out[cell] as number, column, SUB_ZONE_COLUMNS) * share;
        }
      }
    }
  });
  return maps;
}

/** Each sub-zone's map with sum 1, where it is not tiny. */
export function poolingOf(maps: Float32Array): Float32Array {
  const weights = new Float32Array(maps.length);
  for (let start = 0; start < maps.length; start += GRID_CELLS) {
    const own = maps.subarray(start, start + GRID_CELLS);
    const mass = Math.max(LEAST_MASS, sumOf(own));
    own.forEach((value, cell) => {
      weights[start + cell] = value / mass;
    });
  }
  return weights;
}

/** Which zones a sub-zone lies in, [SUB_ZONES x 6] in ZONES order: shares that sum to 1 where it has lung. */
export function zoneShares(maps: Float32Array, regions: RegionMaps): Float32Array {
  const shares = new Float32Array(SUB_ZONES * ZONES.length);
  for (let zone = 0; zone < SUB_ZONES; zone++) {
    const own = shares.subarray(zone * ZONES.length, (zone + 1) * ZONES.length);
    for (let cell = 0; cell < GRID_CELLS; cell++) {
      const share = maps[zone * GRID_CELLS + cell] as number;
      if (share === 0) continue;
      for (let at = 0; at < ZONES.length; at++)
        own[at] = (own[at] as number) + share * (regions[cell * REGIONS.length + at] ?? 0);
    }
    const total = Math.max(LEAST, sumOf(own));
    own.forEach((value, at) => {
      own[at] = value / total;
    });
  }
  return shares;
}

function sumOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
