/**
 * Metal stays where opacity goes: a pacemaker over a lung is denser than the heart and has an edge, and the denoiser, which has hardly
 * seen one, takes it for opacity (docs/decisions/211). What is found is a device by these two signs alone; wires that a cell of
 * the networks' grid blurs are not.
 */

import { REGIONS } from '../../findings/vocabulary';
import { GRID, type RegionMaps } from '../../findings/regions';
import { growMask, shrinkMask } from '../../imaging/mask-morphology';
import { fillRuns, regionsOf, rowRuns, type RowRuns } from '../../imaging/mask-runs';
import type { Mask } from '../../imaging/radiograph';
import { GRID_SIZE } from '../../imaging/resample';
import type { ImageGrid } from '../../networks/typed';
import { blurredValues } from '../sketch/field';
import { lungShare } from '../realism/realism';

/** Share of the mediastinum that is less dense than metal. */
const DENSER_THAN = 0.9;
/** By how much metal stands out from what lies around it, of the difference between mediastinum and lung. */
const LEAST_CONTRAST = 0.5;
/** Pixels of 256: the ring that is compared, what is closed between parts of one device, and what is kept beside it. */
const RING = { from: 2, to: 5 } as const;
const GAP = 5;
const MARGIN = 1;
const SOFT = 1;
const LEAST_PIXELS = 8;
const LEAST_IN_LUNG = 0.6;
const LEAST_MEDIASTINUM = 50;

/**
 * @param before D(z), @param after D(e): [256 x 256] in about [-1, 1]
 * @param metal of `metalIn`
 * @returns `after`, where metal would become darker as it was
 */
export function withMetal(before: ImageGrid, after: ImageGrid, metal: Float32Array | undefined): ImageGrid {
  if (metal === undefined) return after;
  return after.map((value, at) => {
    const was = before[at] as number;
    return value >= was ? value : was + (value - was) * (1 - (metal[at] as number));
  });
}

/** How much of each pixel, [256 x 256], is metal over a lung; undefined where there is none, or no mediastinum to compare with. */
export function metalIn(image: ImageGrid, regions: RegionMaps): Float32Array | undefined {
  return devicesIn(image, lungShare(regions), (at) => mediastinumAt(regions, at));
}

/**
 * The same by how much of each pixel is lung and how much mediastinum.
 * @param image [256 x 256], brighter is denser; of any scale
 */
export function devicesIn(
  image: Float32Array,
  lungs: Float32Array,
  mediastinum: (at: number) => number,
): Float32Array | undefined {
  const heart = values(image, (at) => mediastinum(at) > 0.5);
  const lung = values(image, (at) => (lungs[at] as number) > 0.5);
  if (heart.length < LEAST_MEDIASTINUM || lung.length === 0) return undefined;
  const dense = quantile(heart, DENSER_THAN);
  const scale = quantile(heart, 0.5) - quantile(lung, 0.5);
  if (scale <= 0) return undefined;
  const inside = shrinkMask(
    maskOf((at) => (lungs[at] as number) > 0.5),
    RING.from,
  );
  const runs = rowRuns(maskOf((at) => (image[at] as number) >= dense));
  const { regionOf, areas } = regionsOf(runs, false);
  const insides = areasInside(runs, regionOf, inside);
  const found = maskOf(() => false);
  for (const [region, area] of areas.entries()) {
    if (area < LEAST_PIXELS || (insides[region] ?? 0) < LEAST_IN_LUNG * area) continue;
    const part = maskOf(() => false);
    const isOwn = (run: number): boolean => regionOf[run] === region;
    fillRuns(part.data, runs, 255, isOwn);
    const [near, far] = [growMask(part, RING.from).data, growMask(part, RING.to).data];
    const around = values(image, (at) => far[at] === 255 && near[at] === 0);
    const mean = values(image, (at) => part.data[at] === 255).reduce((sum, value) => sum + value, 0) / area;
    if (mean - quantile(around, 0.5) > LEAST_CONTRAST * scale) fillRuns(found.data, runs, 255, isOwn);
  }
  if (!found.data.includes(255)) return undefined;
  const whole = Float32Array.from(shrinkMask(growMask(found, GAP), GAP - MARGIN).data, (value) => value / 255);
  return blurredValues(whole, GRID_SIZE, GRID_SIZE, SOFT).map((value, at) => Math.max(value, whole[at] as number));
}

function maskOf(counts: (at: number) => boolean): Mask {
  const data = new Uint8Array(GRID_SIZE * GRID_SIZE);
  for (let at = 0; at < data.length; at++) if (counts(at)) data[at] = 255;
  return { width: GRID_SIZE, height: GRID_SIZE, data };
}

/** How many pixels of each region lie inside a mask. */
function areasInside(runs: RowRuns, regionOf: Uint32Array, inside: Mask): readonly number[] {
  const areas: number[] = [];
  for (let y = 0; y < runs.height; y++)
    for (let run = runs.rows[y] as number; run < (runs.rows[y + 1] as number); run++) {
      const region = regionOf[run] as number;
      for (let x = runs.starts[run] as number; x < (runs.ends[run] as number); x++)
        areas[region] = (areas[region] ?? 0) + Number(inside.data[y * runs.width + x] === 255);
    }
  return areas;
}

function mediastinumAt(regions: RegionMaps, at: number): number {
  const scale = GRID_SIZE / GRID;
  const cell = Math.floor(Math.floor(at / GRID_SIZE) / scale) * GRID + Math.floor((at % GRID_SIZE) / scale);
  return regions[cell * REGIONS.length + REGIONS.indexOf('mediastinum')] as number;
}

/** Sorted values of the pixels of which `counts` is true. */
function values(image: ImageGrid, counts: (at: number) => boolean): Float32Array {
  const kept: number[] = [];
  for (let at = 0; at < image.length; at++) if (counts(at)) kept.push(image[at] as number);
  return Float32Array.from(kept).sort();
}

const quantile = (sorted: Float32Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
