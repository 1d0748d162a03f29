/**
 * How far the changed part's texture lies from that of real lungs, before and after an edit. It is looked at on the networks' grid: what
 * is finer there no network has made, and the film's own grain stays as it is. Pure.
 */

import { GRID, lungMap, type RegionMaps } from '../../findings/regions';
import { GRID_SIZE, resizeBicubic } from '../../imaging/resample';
import type { ImageGrid } from '../../networks/typed';
import { boxOf, cut, type Patch } from './patch';
import { distanceOf, isKnown, type Measured, type RealismTable } from './distance';
import { MARGIN, rimOf, textureOf, type Texture } from './texture';

/** Pixels of the grid: less has no texture to speak of. */
const LEAST_AREA = 400;
/** Share of the mask that must lie in the lungs: the reference knows nothing else. */
const LEAST_LUNG = 0.6;

export interface Realism {
  /** Of the same part of the film before the edit, in standard deviations a feature: about 1 for real lungs. */
  readonly before: number;
  readonly after: number;
}

const square = (data: Float32Array): Patch => ({ width: GRID_SIZE, height: GRID_SIZE, data });

const shares = new WeakMap<RegionMaps, Float32Array>();

/** Share of lung at each pixel, [256 x 256]. The same for every caller: not to be written to. */
export function lungShare(regions: RegionMaps): Float32Array {
  const before = shares.get(regions);
  if (before !== undefined) return before;
  const share = resizeBicubic(lungMap(regions), GRID, GRID, GRID_SIZE, GRID_SIZE);
  for (let i = 0; i < share.length; i++) share[i] = Math.min(1, Math.max(0, share[i] as number));
  shares.set(regions, share);
  return share;
}

export function lungsTexture(image: ImageGrid, lungs: Float32Array): Texture | undefined {
  const box = boxOf(square(lungs), MARGIN);
  return box && textureOf(cut(square(image), box), cut(square(lungs), box).data);
}

/** Whether a mask holds enough of the lungs, and little else. @param mask, @param lungs [256 x 256] */
export function isInLungs(mask: Float32Array, lungs: Float32Array): boolean {
  let [area, inLungs] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    area += mask[i] as number;
    inLungs += (mask[i] as number) * (lungs[i] as number);
  }
  return area >= LEAST_AREA && inLungs >= LEAST_LUNG * area;
}

/** One part of one image. @param image, @param mask [256 x 256] @param whole both lungs of the film before any edit */
export function measurePart(image: ImageGrid, mask: Float32Array, lungs: Float32Array, whole: Texture): Measured {
  const box = boxOf(square(mask), MARGIN) ?? { x: 0, y: 0, width: GRID_SIZE, height: GRID_SIZE };
  const [part, own, within] = [image, mask, lungs].map((each) => cut(square(each), box)) as [Patch, Patch, Patch];
  return {
    part: textureOf(part, own.data),
    lungs: whole,
    area: mask.reduce((sum, value) => sum + value, 0),
    rim: rimOf(part, own.data, within.data),
  };
}

/** Of films that are edited again and again: their lungs, and the texture of these. */
const known = new WeakMap<
  ImageGrid,
  { readonly lungs: Float32Array; readonly regions: RegionMaps; readonly whole: Texture | undefined }
>();

/** Of a film before any edit: how much of each pixel is lung, and the texture of the lungs; told once. */
export function textureOfFilm(
  image: ImageGrid,
  regions: RegionMaps,
): { readonly lungs: Float32Array; readonly whole: Texture | undefined } {
  const before = known.get(image);
  if (before?.regions === regions) return before;
  const lungs = lungShare(regions);
  const own = { lungs, regions, whole: lungsTexture(image, lungs) };
  known.set(image, own);
  return own;
}

/** Undefined where the part is too small, mostly beside the lungs, or brighter or darker than any of the reference. @param mask the soft mask [256 x 256], 0 to 1 */
export function realismOf(
  before: ImageGrid,
  after: ImageGrid,
  mask: Float32Array,
  regions: RegionMaps,
  table: RealismTable,
): Realism | undefined {
  if (!isInLungs(mask, lungShare(regions))) return undefined;
  const { lungs, whole } = textureOfFilm(before, regions);
  if (whole === undefined) return undefined;
  const [one, other] = [before, after].map((image) => measurePart(image, mask, lungs, whole)) as [Measured, Measured];
  if (!isKnown(one, table) || !isKnown(other, table)) return undefined;
  return { before: distanceOf(one, table), after: distanceOf(other, table) };
}
