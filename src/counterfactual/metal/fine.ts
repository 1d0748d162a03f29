/**
 * What of a film is finer than bone and vessel, against what is fine in its own lungs: metal is drawn sharper than anything else, and
 * on a film of harsh contrast all that is not metal is, too. So its own detail is the measure, not how white it is.
 */

import type { Box } from '../../imaging/box';
import { blurredValues, fieldIn, smoothstep } from '../sketch/field';
import { SIDE, type ChestMaps } from './chestMaps';

/** What is broader than about this (as a standard deviation) is not fine: in mm, and in cells of a film of few pixels. */
const FINE_MM = 1.6;
const FINE_CELLS = 1.5;
const GRAIN_MM = 0.3;
/** From the median of magnitudes to the standard deviation of a normal distribution: metal weighs little in it. */
const NORMAL = 1 / 0.6745;
/** Of the lungs' cells every so many are looked at; fewer tell nothing. */
const EVERY = 11;
const LEAST_CELLS = 60;
const LUNG = 0.9;
const IN_CHEST = 0.4;
/** At the edge of a film its frame is seen, in mm. */
const FRAME_MM = 6;
const HEART = 0.7;
/** A lung as dense as soft tissue would leave no difference to measure in. */
const LEAST_CONTRAST = 0.1;
/** Over what is dense, from a share of the contrast to another, all contrasts are less, and no vessels are seen: by so much. */
const DENSE = [0.7, 1.1] as const;
const DENSE_LESS = 0.6;
export const LEAST_SHOWN = 1 - DENSE_LESS;

/** A part of a film on the working grid: [box.height x box.width] each. */
export interface FineFilm {
  readonly width: number;
  readonly height: number;
  readonly cellsPerMm: readonly [across: number, down: number];
  /** Densities without grain, those without what is fine, and the difference. */
  readonly soft: Float32Array;
  readonly broad: Float32Array;
  readonly fine: Float32Array;
  /** Standard deviation of what is fine over the lungs. */
  readonly detail: number;
  /** The lungs' median, and by how much the mediastinum's is denser. */
  readonly lung: number;
  readonly contrast: number;
  /** How much of each cell is lung. */
  readonly lungs: Float32Array;
  /** 1 over lungs and mediastinum, but for the film's own edge. */
  readonly inChest: Uint8Array;
}

/**
 * @param values densities of the box, row by row
 * @param box of a working grid of `width` x `height` @returns undefined where too little of a lung is seen
 */
export function fineFilm(
  values: Float32Array,
  box: Box,
  { width, height }: { readonly width: number; readonly height: number },
  maps: ChestMaps,
): FineFilm | undefined {
  const cellsPerMm = [maps.perMm[0] * width, maps.perMm[1] * height] as const;
  const blur = (from: Float32Array, [x, y]: readonly [number, number]): Float32Array =>
    blurredValues(from, box.width, box.height, x, y);
  const soft = blur(values, [GRAIN_MM * cellsPerMm[0], GRAIN_MM * cellsPerMm[1]]);
  const broad = blur(soft, [
    Math.max(FINE_CELLS, FINE_MM * cellsPerMm[0]),
    Math.max(FINE_CELLS, FINE_MM * cellsPerMm[1]),
  ]);
  const fine = new Float32Array(soft.length);
  for (let at = 0; at < fine.length; at++) fine[at] = (soft[at] as number) - (broad[at] as number);
  const [lungs, heart] = [maps.lungs, maps.mediastinum].map((data) =>
    fieldIn({ width: SIDE, height: SIDE, data }, box, width, height),
  ) as [Float32Array, Float32Array];
  const [sizes, inLungs, inHeart]: [number[], number[], number[]] = [[], [], []];
  for (let at = 0; at < fine.length; at += EVERY)
    if ((lungs[at] as number) > LUNG) {
      sizes.push(Math.abs(fine[at] as number));
      inLungs.push(broad[at] as number);
    } else if ((heart[at] as number) > HEART) inHeart.push(broad[at] as number);
  if (inLungs.length < LEAST_CELLS || inHeart.length < LEAST_CELLS) return undefined;
  const lung = median(inLungs);
  return {
    width: box.width,
    height: box.height,
    cellsPerMm,
    soft,
    broad,
    fine,
    detail: NORMAL * median(sizes),
    lung,
    contrast: Math.max(LEAST_CONTRAST, median(inHeart) - lung),
    lungs,
    inChest: chestIn(lungs, heart, box, [
      [FRAME_MM * cellsPerMm[0], width - FRAME_MM * cellsPerMm[0]],
      [FRAME_MM * cellsPerMm[1], height - FRAME_MM * cellsPerMm[1]],
    ]),
  };
}

/** 1 over lungs and mediastinum, 0 beyond the frame: from the first to the last column, and the same of rows. */
function chestIn(
  lungs: Float32Array,
  heart: Float32Array,
  box: Box,
  [[left, right], [top, bottom]]: readonly [readonly [number, number], readonly [number, number]],
): Uint8Array {
  const inside = new Uint8Array(lungs.length);
  for (let j = Math.max(0, Math.ceil(top - box.y)); j < Math.min(box.height, bottom - box.y); j++)
    for (let i = Math.max(0, Math.ceil(left - box.x)); i < Math.min(box.width, right - box.x); i++) {
      const at = j * box.width + i;
      if ((lungs[at] as number) + (heart[at] as number) > IN_CHEST) inside[at] = 1;
    }
  return inside;
}

/** What contrasts come to at a cell, of those over clear lung. */
export function shownAt(
  { broad, lung, contrast }: Pick<FineFilm, 'broad' | 'lung' | 'contrast'>,
  cell: number,
): number {
  return 1 - DENSE_LESS * smoothstep(DENSE[0], DENSE[1], ((broad[cell] as number) - lung) / contrast);
}

const median = (values: readonly number[]): number => Float32Array.from(values).sort()[values.length >> 1] ?? 0;
