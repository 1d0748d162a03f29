/**
 * Metal stays where the denoiser takes opacity away (docs/decisions/211, 214): a device as dense as it was, a wire as much denser than
 * what lies beside it.
 */

import { GRID_SIZE, resizeArea } from '../../imaging/resample';
import type { ImageGrid } from '../../networks/typed';
import { SketchImpossibleError } from '../errors';
import { densityOf } from '../sketch/density';
import { requireChest } from '../sketch/drawFinding';
import { blurredValues } from '../sketch/field';
import type { Source } from '../source';
import { metalIn, withMetal } from './devices';
import { wiresOn } from './onFilm';

/** What a wire adds to a pixel of 256 that it fills less than half of. */
const NARROW = 2.5;
/** Over so many pixels of 256 the change beside a wire is spread over it. */
const BESIDE = 3;
const LEAST = 0.02;

/** Found once for a source. */
export function metalStays(
  source: Pick<Source, 'radiograph' | 'anatomy' | 'image'>,
): (before: ImageGrid, after: ImageGrid) => ImageGrid {
  const devices = metalIn(source.image, source.anatomy.regions);
  const wires = wiresOf(source);
  return (before, after) => withWires(before, withMetal(before, after, devices), wires);
}

const known = new WeakMap<Source['anatomy'], { readonly wires: Float32Array | undefined }>();

/** How much of each pixel, [256 x 256], is wire; undefined where there is none, or no chest to know the scale from. */
function wiresOf({ radiograph, anatomy }: Pick<Source, 'radiograph' | 'anatomy'>): Float32Array | undefined {
  const before = known.get(anatomy);
  if (before !== undefined) return before.wires;
  const found = foundIn({ radiograph, anatomy });
  known.set(anatomy, { wires: found });
  return found;
}

function foundIn(source: Pick<Source, 'radiograph' | 'anatomy'>): Float32Array | undefined {
  try {
    const wires = wiresOn(densityOf(source.radiograph), requireChest(source));
    return (
      wires &&
      resizeArea(wires.data, wires.width, wires.height, GRID_SIZE, GRID_SIZE).map((share) =>
        Math.min(1, NARROW * share),
      )
    );
  } catch (error) {
    if (error instanceof SketchImpossibleError) return undefined;
    throw error;
  }
}

/**
 * `after`, where a wire becomes as much darker or denser as what lies beside it, and so stands out as it did.
 * @param before D(z), @param after D(e): [256 x 256] in about [-1, 1]
 */
export function withWires(before: ImageGrid, after: ImageGrid, wires: Float32Array | undefined): ImageGrid {
  if (wires === undefined) return after;
  const change = after.map((value, at) => value - (before[at] as number));
  const clear = wires.map((share) => 1 - share);
  const blur = (values: Float32Array): Float32Array => blurredValues(values, GRID_SIZE, GRID_SIZE, BESIDE);
  const [sum, total] = [blur(change.map((value, at) => value * (clear[at] as number))), blur(clear)];
  return after.map((value, at) => {
    const share = wires[at] as number;
    if (share < LEAST) return value;
    const beside = (sum[at] as number) / Math.max(LEAST, total[at] as number);
    return value + share * (beside - (change[at] as number));
  });
}
