/** What lung without air comes to at each place of a film, so that the borders that it touches are lost. */

import type { Chest } from '../chest';
import { blurredValues, CHEST_GRID, fieldAt, smoothstep } from '../field';
import { keptByPair } from '../kept';
import { nearOnGrid, onGrid, type Tones } from './tones';

/** Blur over which the heart's own border is as dense as it is. */
const HEART_MM = 8;
/** The most that the heart's border is taken to be less dense than what is soft about it. */
const NEAR_LESS = 0.06;
/** Over so many mm above the diaphragm a lobe comes to the density of what lies under it, so that its line is lost. */
const [OVER_MM, UNDER_MM] = [30, 7] as const;

/**
 * Beside the heart as dense as its own border there, over the diaphragm as what lies under that. On the working grid.
 * @param floor row of the diaphragm at each column of CHEST_GRID
 */
export function softTissue(tones: Tones, chest: Chest, floor: Float32Array): Float32Array {
  return overDiaphragm(tones, chest)(floor);
}

/** For a film's two lungs it is made once. */
const overDiaphragm = keptByPair((tones: Tones, chest: Chest) => {
  const made = new WeakMap<Float32Array, Float32Array>();
  return (floor: Float32Array): Float32Array => {
    const own = made.get(floor) ?? madeOver(tones, chest, floor);
    made.set(floor, own);
    return own;
  };
});

function madeOver(tones: Tones, chest: Chest, floor: Float32Array): Float32Array {
  const { width, height } = tones.film;
  const under = underDiaphragm(tones, chest, floor);
  return besideHeart(tones, chest).map((full, cell) => {
    const column = cell % width;
    const at = Math.min(CHEST_GRID - 1, Math.floor(((column + 0.5) / width) * CHEST_GRID));
    const row = ((Math.floor(cell / width) + 0.5) / height) * CHEST_GRID;
    const aboveMm = ((floor[at] as number) - row) * chest.millimetresPerRow;
    return full + Math.max(0, (under[column] as number) - full) * smoothstep(OVER_MM, 0, aboveMm);
  });
}

/** Density of soft tissue at each place: beside the heart as its own border there, which is thinner than its middle. */
function besideHeart(tones: Tones, chest: Chest): Float32Array {
  const { film, cellsPerMm } = tones;
  const { width, height } = film;
  const [sigmaX, sigmaY] = [HEART_MM * cellsPerMm[0], HEART_MM * cellsPerMm[1]];
  const heart = onGrid(tones, chest.heart.share).map((share) => smoothstep(0.9, 1, share));
  const weights = blurredValues(heart, width, height, sigmaX, sigmaY);
  const sums = blurredValues(
    heart.map((share, cell) => share * (film.data[cell] as number)),
    width,
    height,
    sigmaX,
    sigmaY,
  );
  return nearOnGrid(tones, 'tissue').map((far, cell) => {
    const weight = weights[cell] as number;
    if (weight < 1e-3) return far;
    const own = Math.max(far - NEAR_LESS, (sums[cell] as number) / weight);
    return far + (own - far) * smoothstep(0.004, 0.25, weight);
  });
}

/** Density of what lies under the diaphragm, a column of the working grid each. */
function underDiaphragm({ film, cellsPerMm: [across] }: Tones, chest: Chest, floor: Float32Array): Float32Array {
  const { width } = film;
  const values = Float32Array.from({ length: width }, (_, column) => {
    const u = (column + 0.5) / width;
    const row =
      (floor[Math.min(CHEST_GRID - 1, Math.floor(u * CHEST_GRID))] as number) + UNDER_MM / chest.millimetresPerRow;
    return fieldAt(film, u, Math.min(1, row / CHEST_GRID));
  });
  return blurredValues(values, width, 1, 6 * across, 0);
}
