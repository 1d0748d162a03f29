/**
 * A film pushed aside keeps its grain as it was: where it is drawn out, that would be drawn out as well, into streaks. What is broader
 * than grain is displaced, and grain of the film, of where it shows nothing else, is laid over it.
 */

import type { DensityImage } from './density';
import { displaced, displacedRows, type Displacement } from './displace';
import { rowsIn, smoothstep, type Box, type Rows } from './field';
import { finenessOf, runningMean } from './filmGrain';
import { keptBy } from './kept';

/** Drawn out or pressed by these shares, its grain is none of its own. */
const STRETCHED = [0.12, 0.4] as const;

const smoothed = keptBy((image: DensityImage, _kind: 'broad'): DensityImage => ({
  ...image,
  values: runningMean(image.values, image.width, image.height, finenessOf(image)),
}));

/**
 * As `displaced`, for what moves sideways alone; the very same where it is not drawn out.
 * @param grain of the film, in the box @returns [box.height x box.width]
 */
export function displacedWithGrain(image: DensityImage, grain: Rows, push: Displacement, box: Box): Float32Array {
  const out = displaced(image, push, box);
  const { width, height } = image;
  const far = rowsIn(push.x, box, width, height);
  const broad = displacedRows(smoothed(image, 'broad'), push, box);
  const stretched = new Float32Array(box.width);
  for (let j = 0; j < box.height; j++) {
    const shift = far(j, 0, box.width);
    let [from, to] = [box.width, 0];
    for (let i = 0; i < box.width; i++) {
      const before = Math.max(0, i - 2);
      const after = Math.min(box.width - 1, i + 2);
      const slope = (((shift[after] as number) - (shift[before] as number)) * width) / Math.max(1, after - before);
      const share = smoothstep(STRETCHED[0], STRETCHED[1], Math.abs(slope));
      stretched[i] = share;
      if (share === 0) continue;
      if (i < from) from = i;
      to = i + 1;
    }
    if (from >= to) continue;
    const [own, fine] = [broad(j, from, to), grain(j, from, to)];
    for (let i = from, at = j * box.width + from; i < to; i++, at++) {
      const share = stretched[i] as number;
      const even = (own[i] as number) + (fine[i] as number);
      if (share > 0) out[at] = (out[at] as number) + share * (even - (out[at] as number));
    }
  }
  return out;
}
