/** The one search for metal: wires, devices and clips, on the part of a film's working grid where the chest is. */

import type { Box } from '../../imaging/box';
import { bordersOf, SIDE, type ChestMaps } from './chestMaps';
import { devicesIn } from './devices';
import { fineFilm } from './fine';
import { wiresIn } from './wires';

export interface FoundMetal {
  /** Of a working grid of this size. */
  readonly box: Box;
  readonly cellsPerMm: readonly [across: number, down: number];
  /** How much of each cell of the box is of that kind, 0 to 1. */
  readonly wires: Float32Array | undefined;
  readonly devices: Float32Array | undefined;
  readonly clips: Float32Array | undefined;
}

/**
 * @param values densities of the box, row by row
 * @param box of a working grid of `width` x `height` cells @returns undefined where there is none
 */
export function searchMetal(
  values: Float32Array,
  box: Box,
  grid: { readonly width: number; readonly height: number },
  maps: ChestMaps,
): FoundMetal | undefined {
  const film = fineFilm(values, box, grid, maps);
  if (film === undefined) return undefined;
  const borders = bordersOf(maps, 'borders');
  const isBorder = (x: number, y: number): boolean =>
    borders[Math.floor(((box.y + y) * SIDE) / grid.height) * SIDE + Math.floor(((box.x + x) * SIDE) / grid.width)] ===
    1;
  const wires = wiresIn(film, isBorder);
  const { devices, clips } = devicesIn(film, isBorder);
  if (wires === undefined && devices === undefined && clips === undefined) return undefined;
  return { box, cellsPerMm: film.cellsPerMm, wires, devices, clips };
}
