/** Where edits are made: zones as the studio softens them, and what a hand would paint inside a lung. Grid of the networks. */

import { placesMask } from '../../src/counterfactual/latentMask';
import { uniforms } from '../../src/counterfactual/sketch/noise';
import { lungShare } from '../../src/counterfactual/realism/realism';
import type { RegionMaps } from '../../src/findings/regions';
import type { Place } from '../../src/findings/vocabulary';
import { GRID_SIZE as SIDE } from '../../src/imaging/resample';

export const SHAPES: Readonly<Record<string, readonly Place[]>> = {
  'right lung': ['right_upper', 'right_mid', 'right_lower'],
  'left lung': ['left_upper', 'left_mid', 'left_lower'],
  'both lungs': ['right_upper', 'right_mid', 'right_lower', 'left_upper', 'left_mid', 'left_lower'],
  'right base': ['right_mid', 'right_lower'],
  'left base': ['left_mid', 'left_lower'],
  'right lower': ['right_lower'],
  'right mid': ['right_mid'],
  'left mid': ['left_mid'],
  'right upper': ['right_upper'],
  'left upper': ['left_upper'],
};

/** [256 x 256], 0 to 1. */
export function zonesMask(places: readonly Place[], regions: RegionMaps): Float32Array {
  return Float32Array.from(placesMask('lung_opacity', places, regions, SIDE, SIDE).data, (value) => value / 255);
}

/** An ellipse with a rim of 6 pixels, its middle where lung is thick; undefined: no lung was found. */
export function paintedMask(regions: RegionMaps, seed: number): Float32Array | undefined {
  const lungs = lungShare(regions);
  const inside = Array.from(lungs.keys()).filter((i) => (lungs[i] ?? 0) > 0.9);
  const [place = 0, width = 0, height = 0, turn = 0] = uniforms(seed, 77, 4);
  const middle = inside[Math.floor(place * inside.length)];
  if (middle === undefined) return undefined;
  const [cx, cy] = [middle % SIDE, Math.floor(middle / SIDE)];
  const [a, b] = [14 + 16 * width, 14 + 22 * height];
  const [cos, sin] = [Math.cos(Math.PI * turn), Math.sin(Math.PI * turn)];
  return Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [(i % SIDE) - cx, Math.floor(i / SIDE) - cy];
    const r = Math.hypot((x * cos + y * sin) / a, (y * cos - x * sin) / b);
    const t = Math.min(1, Math.max(0, 1 - ((r - 1) * Math.min(a, b)) / 6));
    return t * t * (3 - 2 * t);
  });
}
