/** Coarse maps (32 × 32 probabilities) as smooth outlines over the image, with a place for each name. */

import { resizeBicubic } from '../../imaging/resample';
import { contours, signedArea, type Loop } from '../geometry/contour';
import { labelPoint } from '../geometry/region-label';
import type { Point } from '../geometry/view-transform';

export interface OverlayLayer {
  readonly label: string;
  /** size × size values in [0, 1], row by row, the image squashed. */
  readonly map: Float32Array;
  readonly size: number;
}

export interface ZoneContour {
  readonly label: string;
  /** Points in [0, 1] across the image. */
  readonly loops: readonly Loop[];
  readonly labelAt: Point;
}

const UPSAMPLING = 8;
const LEVEL = 0.5;
/** Loops smaller than this part of the image are noise of the map. */
const LEAST_AREA = 0.0008;

/** Layers that reach one half nowhere are left out. */
export function zoneContours(layers: readonly OverlayLayer[]): readonly ZoneContour[] {
  return layers.flatMap(({ label, map, size }) => {
    const side = size * UPSAMPLING;
    const fine = { width: side, height: side, data: resizeBicubic(smooth(map, size), size, size, side, side) };
    const at = labelPoint(fine, LEVEL);
    const loops = contours(fine, LEVEL)
      .map((loop) => loop.map((value) => value / side))
      .filter((loop) => Math.abs(signedArea(loop)) >= LEAST_AREA);
    return at && loops.length > 0 ? [{ label, loops, labelAt: { x: at.x / side, y: at.y / side } }] : [];
  });
}

/** A 3 × 3 binomial blur: a steep map's steps of one cell would otherwise show as facets of its outline. */
function smooth(map: Float32Array, size: number): Float32Array {
  const along = (source: Float32Array, stride: number, at: (index: number) => number): Float32Array =>
    source.map((value, index) => {
      const before = at(index) > 0 ? (source[index - stride] as number) : value;
      const after = at(index) < size - 1 ? (source[index + stride] as number) : value;
      return (before + 2 * value + after) / 4;
    });
  return along(
    along(map, 1, (index) => index % size),
    size,
    (index) => Math.floor(index / size),
  );
}
