/**
 * The film's own grain as it is where nothing is seen but grain: fluid hides every vessel and border, yet a film is never smooth.
 * It is lent by the quietest patch of soft tissue on the film and laid out wherever it is needed, in pieces taken from here and
 * there in the patch, turned over by chance and woven into one another so that no pattern comes back: the film's grain in place
 * would bring the fine lines of what is hidden with it.
 */

import type { Chest } from '../chest';
import type { DensityImage } from '../density';
import { blurredValues, rowsIn, type Box, type Field, type Rows } from '../field';
import { grainIn } from '../filmGrain';
import { keptByPair } from '../kept';
import type { Layers } from './layers';
import { tissueDensity } from './solid';

/** Side of the patch, in mm, and over how many mm what is broader than grain is taken out of it. */
const PATCH_MM = 26;
const BROADER_MM = 1.6;
/** What stands out of the patch further than so many times its mean is no grain (a fleck of lime, the edge of a vessel). */
const MOST_GRAIN = 3;
/** It is made louder by no more than this; every so many pixels of it tell how loud it is. */
const MOST_GAIN = 1.5;
const PATCH_STEP = 2;
/** Patches are looked at so far apart, of their side. */
const STEP = 1 / 3;
/** Pieces begin so far apart, of the patch's side, and are twice as wide: each fades out where the next is whole. */
const PIECE = 1 / 8;
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

/**
 * Grain for every pixel of a box, of the film's own strength and sharpness.
 * @param asMuch its standard deviation at the least, as `grainOf` tells it: the quietest patch may be quieter than what lies about the box
 */
export function quietGrain(image: DensityImage, layers: Layers, chest: Chest, box: Box, asMuch = 0): Rows {
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
  const own = asMuch === 0 ? 0 : grainIn(image, patch, PATCH_STEP);
  const gain = own === 0 ? 1 : Math.min(MOST_GAIN, Math.max(1, asMuch / own));
  for (let cell = 0; cell < tile.length; cell++)
    tile[cell] = gain * Math.min(furthest, Math.max(-furthest, tile[cell] as number));
  return woven({ tile, width: patch.width, height: patch.height }, box);
}

/** Lays a tile out over a box in pieces that overlap by half; weights are cosine and sine, which keep the variance of grain. */
function woven(
  { tile, width, height }: { readonly tile: Float32Array; readonly width: number; readonly height: number },
  box: Box,
): Rows {
  const across = stepsOf(box.x, box.width, width);
  const down = stepsOf(box.y, box.height, height);
  const out = new Float32Array(box.width);
  const { piece, within, fade: fades, rise: rises } = across;
  return (j, from, to) => {
    const row = down.piece[j] as number;
    const fade = down.fade[j] as number;
    const rise = down.rise[j] as number;
    const y = down.within[j] as number;
    for (let i = from; i < to;) {
      const column = piece[i] as number;
      const x = within[i] as number;
      // Of a piece that begins where the last one is whole, the first half lies here; of that one, the second.
      const x1 = x + across.step;
      const y1 = y + down.step;
      const a = pieceAt(column, row, across, down);
      const b = pieceAt(column + 1, row, across, down);
      const c = pieceAt(column, row + 1, across, down);
      const d = pieceAt(column + 1, row + 1, across, down);
      let atA = cellOf(width, a, x1, y1);
      let atB = cellOf(width, b, x, y1);
      let atC = cellOf(width, c, x1, y);
      let atD = cellOf(width, d, x, y);
      const { wayX: wayA } = a;
      const { wayX: wayB } = b;
      const { wayX: wayC } = c;
      const { wayX: wayD } = d;
      for (; i < to && piece[i] === column; i++, atA += wayA, atB += wayB, atC += wayC, atD += wayD) {
        const one = fades[i] as number;
        const other = rises[i] as number;
        out[i] =
          fade * (one * (tile[atA] as number) + other * (tile[atB] as number)) +
          rise * (one * (tile[atC] as number) + other * (tile[atD] as number));
      }
    }
    return out;
  };
}

/** Where a piece lies in the tile: its first cell, and the way it is read. */
interface Piece {
  readonly x: number;
  readonly y: number;
  readonly wayX: 1 | -1;
  readonly wayY: 1 | -1;
}

/** The tile's cell that is a piece's own (x, y). */
function cellOf(width: number, piece: Piece, x: number, y: number): number {
  return (piece.y + piece.wayY * y) * width + piece.x + piece.wayX * x;
}

interface Steps {
  /** Pixels between pieces, and how much room a piece has to begin in the tile. */
  readonly step: number;
  readonly room: number;
  readonly piece: Int32Array;
  readonly within: Int32Array;
  readonly fade: Float32Array;
  readonly rise: Float32Array;
}

function stepsOf(start: number, count: number, side: number): Steps {
  const step = Math.max(1, Math.floor(side * PIECE));
  const at = Int32Array.from({ length: count }, (_, i) => start + i);
  const within = at.map((pixel) => pixel % step);
  const angle = (pixel: number): number => ((pixel + 0.5) / step) * (Math.PI / 2);
  return {
    step,
    room: Math.max(0, side - 2 * step),
    piece: at.map((pixel) => Math.floor(pixel / step)),
    within,
    fade: Float32Array.from(within, (pixel) => Math.cos(angle(pixel))),
    rise: Float32Array.from(within, (pixel) => Math.sin(angle(pixel))),
  };
}

/** By chance, and always the same for a place of the film. */
function pieceAt(column: number, row: number, across: Steps, down: Steps): Piece {
  let hash = Math.imul(column + 1, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = (hash ^ (hash >>> 13)) >>> 0;
  const x = hash % (across.room + 1);
  const y = (hash >>> 11) % (down.room + 1);
  const isMirrored = (hash & 0x40000000) !== 0;
  const isTurned = (hash & 0x20000000) !== 0;
  return {
    x: isMirrored ? x + 2 * across.step - 1 : x,
    y: isTurned ? y + 2 * down.step - 1 : y,
    wayX: isMirrored ? -1 : 1,
    wayY: isTurned ? -1 : 1,
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

function least(line: Float32Array): number {
  return line.reduce((min, x) => (Number.isNaN(x) ? min : Math.min(min, x)), line.length);
}

function most(line: Float32Array): number {
  return line.reduce((max, x) => (Number.isNaN(x) ? max : Math.max(max, x)), 0);
}
