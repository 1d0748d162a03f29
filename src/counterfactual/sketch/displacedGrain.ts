/**
 * A film pushed aside keeps the grain of the place: where it is drawn out, its own would be drawn out as well, into streaks. What is
 * broader than grain is displaced, and what is as fine is of the place that it comes to.
 */

import type { Chest } from './chest';
import type { DensityImage } from './density';
import { displaced, displacedRows, type Displacement } from './displace';
import { rowsIn, smoothstep, type Box } from './field';
import { clamped, finenessOf, grainOf, runningMean } from './filmGrain';
import { keptBy } from './kept';

/** Drawn out or pressed by these shares, its grain is none of its own, and all is that of the place. */
const STRETCHED = [0.12, 0.4] as const;
/** What stands out of the film by more than so many times its grain is a structure of the place, which has moved. */
const MOST = 2.5;

const smoothed = keptBy((image: DensityImage, _reach: string): DensityImage => ({
  ...image,
  values: runningMean(image.values, image.width, image.height, finenessOf(image)),
}));

/** As `displaced`, for what moves sideways alone; the very same where it is not drawn out. @returns [box.height x box.width] */
export function displacedWithGrain(image: DensityImage, chest: Chest, push: Displacement, box: Box): Float32Array {
  const out = displaced(image, push, box);
  const { width, height, values } = image;
  const most = MOST * grainOf(image, chest);
  const smooth = smoothed(image, 'grain');
  const far = rowsIn(push.x, box, width, height);
  const broad = displacedRows(smooth, push, box);
  const stretched = new Float32Array(box.width);
  for (let j = 0; j < box.height; j++) {
    const shift = far(j, 0, box.width);
    let [from, to] = [box.width, 0];
    for (let i = 0; i < box.width; i++) {
      const [before, after] = [Math.max(0, i - 2), Math.min(box.width - 1, i + 2)];
      const slope = (((shift[after] as number) - (shift[before] as number)) * width) / Math.max(1, after - before);
      const share = smoothstep(...STRETCHED, Math.abs(slope));
      stretched[i] = share;
      if (share === 0) continue;
      if (i < from) from = i;
      to = i + 1;
    }
    if (from >= to) continue;
    const own = broad(j, from, to);
    for (
      let i = from, at = j * box.width + from, pixel = (box.y + j) * width + box.x + from;
      i < to;
      i++, at++, pixel++
    ) {
      const share = stretched[i] as number;
      if (share === 0) continue;
      const grain = clamped((values[pixel] as number) - (smooth.values[pixel] as number), most);
      out[at] = (out[at] as number) + share * ((own[i] as number) + grain - (out[at] as number));
    }
  }
  return out;
}
