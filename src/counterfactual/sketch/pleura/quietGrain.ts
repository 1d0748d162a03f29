/**
 * The film's own grain as it is where nothing is seen but grain: fluid hides every vessel and border, yet a film is never smooth.
 * It is lent by the quietest patch of soft tissue on the film and laid out, mirrored from tile to tile, wherever it is needed:
 * the film's grain in place would bring the fine lines of what is hidden with it.
 */

import type { Chest } from '../chest';
import type { DensityImage } from '../density';
import { blurredValues, rowsIn, type Box, type Field, type Rows } from '../field';
import { keptByPair } from '../kept';
import type { Layers } from './layers';
import { tissueDensity } from './solid';

/** Side of the patch, in mm, and over how many mm what is broader than grain is taken out of it. */
const PATCH_MM = 26;
const BROADER_MM = 1.1;
/** What stands out of the patch further than so many times its mean is no grain (a fleck of lime, the edge of a vessel). */
const MOST_GRAIN = 1.8;
/** Patches are looked at so far apart, of their side. */
const STEP = 1 / 3;
/** What a patch costs that is less dense than fluid, beside the structure in it; densities that differ so have other grain. */
const LIGHTER = 0.04;

interface Quiet {
  /** The working film without grain. */
  readonly smooth: Field;
  /** First cell and side of the patch, in cells of the working grid across and down. */
  readonly at: readonly [number, number];
  readonly side: readonly [number, number];
}

const quietOf = keptByPair(found);

/** The quietest patch between the apices and what lies just below the lungs. */
function found(layers: Layers, chest: Chest): Quiet {
  const { film, cellsPerMm } = layers;
  const { width, height, data } = film;
  const smooth = blurredValues(data, width, height, BROADER_MM * cellsPerMm[0], BROADER_MM * cellsPerMm[1]);
  const dense = tissueDensity(layers, chest).chest;
  const side = [0, 1].map((axis) => Math.max(4, Math.round(PATCH_MM * (cellsPerMm[axis] as number)))) as [
    number,
    number,
  ];
  const rows = film.height / chest.right.share.height;
  const columns = film.width / chest.right.share.width;
  const [left, right] = [
    Math.max(0, Math.floor(least(chest.right.lateral) * columns)),
    Math.min(width, Math.ceil(most(chest.left.lateral) * columns)) - side[0],
  ];
  const foot = Math.max(chest.right.bottom, chest.left.bottom) + 30 / chest.millimetresPerRow;
  const [top, bottom] = [
    Math.max(0, Math.floor(Math.min(chest.right.top, chest.left.top) * rows)),
    Math.min(height, Math.ceil(foot * rows)) - side[1],
  ];
  let best: readonly [number, number] = [Math.max(0, left), Math.max(0, top)];
  let cheapest = Infinity;
  for (let y = top; y <= bottom; y += Math.max(1, Math.round(side[1] * STEP))) {
    for (let x = left; x <= right; x += Math.max(1, Math.round(side[0] * STEP))) {
      let [rough, level, count] = [0, 0, 0];
      for (let j = 1; j < side[1] - 1; j++) {
        for (let i = 1; i < side[0] - 1; i++) {
          const cell = (y + j) * width + x + i;
          const across = (smooth[cell + 1] as number) - (smooth[cell - 1] as number);
          const down = (smooth[cell + width] as number) - (smooth[cell - width] as number);
          rough += across * across + down * down;
          level += smooth[cell] as number;
          count++;
        }
      }
      const cost = Math.sqrt(rough / count) + LIGHTER * Math.max(0, dense - level / count);
      if (cost < cheapest) [best, cheapest] = [[x, y], cost];
    }
  }
  return { smooth: { width, height, data: smooth }, at: best, side };
}

/** Grain for every pixel of a box, of the film's own strength and sharpness. */
export function quietGrain(image: DensityImage, layers: Layers, chest: Chest, box: Box): Rows {
  const { smooth, at, side } = quietOf(layers, chest);
  const [across, down] = [image.width / smooth.width, image.height / smooth.height];
  const patch: Box = {
    x: Math.floor(at[0] * across),
    y: Math.floor(at[1] * down),
    width: Math.max(2, Math.min(image.width, Math.floor(side[0] * across))),
    height: Math.max(2, Math.min(image.height, Math.floor(side[1] * down))),
  };
  const levels = rowsIn(smooth, patch, image.width, image.height);
  const tile = new Float32Array(patch.width * patch.height);
  let strength = 0;
  for (let j = 0, cell = 0; j < patch.height; j++) {
    const level = levels(j, 0, patch.width);
    for (let i = 0; i < patch.width; i++, cell++) {
      const own = (image.values[(patch.y + j) * image.width + patch.x + i] as number) - (level[i] as number);
      tile[cell] = own;
      strength += Math.abs(own) / tile.length;
    }
  }
  const furthest = MOST_GRAIN * strength;
  for (let cell = 0; cell < tile.length; cell++)
    tile[cell] = Math.min(furthest, Math.max(-furthest, tile[cell] as number));
  const columns = Int32Array.from({ length: box.width }, (_, i) => mirrored(box.x + i, patch.width));
  const out = new Float32Array(box.width);
  return (j, from, to) => {
    const row = mirrored(box.y + j, patch.height) * patch.width;
    for (let i = from; i < to; i++) out[i] = tile[row + (columns[i] as number)] as number;
    return out;
  };
}

/**
 * What a film's own grain lacks where its structure is gone: on one no larger than the working grid all of it, as structure and
 * grain are there one and the same. @param own mean absolute grain that is there already
 */
export function grainBeside(image: DensityImage, layers: Layers, chest: Chest, box: Box, own: number): Rows {
  const rows = quietGrain(image, layers, chest, box);
  let [sum, count] = [0, 0];
  for (let j = 0; j < box.height; j += 8, count += box.width)
    sum += rows(j, 0, box.width).reduce((total, value) => total + Math.abs(value), 0);
  const quiet = count === 0 ? 0 : sum / count;
  // Independent of one another, they add as squares.
  const share = quiet > own ? Math.sqrt(1 - (own / quiet) ** 2) : 0;
  const out = new Float32Array(box.width);
  return (j, from, to) => {
    const lent = rows(j, from, to);
    for (let i = from; i < to; i++) out[i] = share * (lent[i] as number);
    return out;
  };
}

/** There and back again, so that tiles meet without a seam. */
function mirrored(at: number, length: number): number {
  const turn = at % (2 * length);
  return turn < length ? turn : 2 * length - 1 - turn;
}

function least(line: Float32Array): number {
  return line.reduce((min, x) => (Number.isNaN(x) ? min : Math.min(min, x)), line.length);
}

function most(line: Float32Array): number {
  return line.reduce((max, x) => (Number.isNaN(x) ? max : Math.max(max, x)), 0);
}
