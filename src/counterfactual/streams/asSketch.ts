/** What a decoder drew, as a drawing at native size. */

import { maskReach } from '../../imaging/mask';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { GRID_SIZE, resizeBicubicIn } from '../../imaging/resample';
import type { ImageGrid } from '../../networks/typed';
import { withDensityChange } from '../sketch/density';
import type { SketchedFilm } from '../sketch/drawFinding';
import type { Sketch } from '../sketch/sketch';

/** The difference of the decodings [256 x 256] at native size, inside the mask. */
export function asSketch(
  onto: Radiograph,
  soft: Mask,
  before: ImageGrid,
  after: ImageGrid,
  figures: Sketch['figures'],
): SketchedFilm {
  const { width, height } = onto;
  const box = maskReach(soft) ?? { x: 0, y: 0, width: 0, height: 0 };
  // Half: the networks' grey spans 2, densities 1.
  const residual = after.map((value, at) => (value - (before[at] as number)) / 2);
  const change = resizeBicubicIn(residual, GRID_SIZE, GRID_SIZE, width, height, box);
  const mask = new Uint8Array(change.length);
  for (let row = 0, at = 0; row < box.height; row++) {
    const from = (box.y + row) * width + box.x;
    for (let column = 0; column < box.width; column++, at++) {
      const own = soft.data[from + column] as number;
      mask[at] = own;
      change[at] = ((change[at] as number) * own) / 255;
    }
  }
  const hard: Mask = { width, height, data: soft.data.map((value) => (value > 0 ? 255 : 0)) };
  return {
    radiograph: { ...onto, pixels: withDensityChange(onto, change, box).pixels },
    sketch: { box, change, mask, figures },
    hard,
  };
}
