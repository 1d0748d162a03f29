/**
 * Interstitial textures. The net's lines are the levels of smooth random surfaces: they meander and close up as thickened septa
 * do, without the straight sides and corners of cells. A fine and a coarse net take turns from place to place, and their lines
 * break off and come back, as septa do that the beam does not graze.
 */

import type { Chest } from '../chest';
import { CHEST_GRID, fieldIn, smoothstep, type Field } from '../field';
import { smoothNoise } from '../noise';

const SIZE = 512;

export interface Interstitium {
  /** Lines of the net, 0 to 1, [512 x 512]. */
  readonly lines: Field;
  /** Air in cysts (1) and their walls (-1). */
  readonly cysts: Field;
}

/** The coarse net's meshes beside the fine ones', and over how many mm one gives way to the other and lines break off. */
const COARSE = 1.9;
const PATCH_MM = 16;
const BREAK_MM = 6;

/** Meshes of 3 to 10 mm; honeycomb cysts 3 to 10 mm with shared walls of 1 to 3 mm (Hansell 2008). */
const MESH_MM = 2.1;
const CYST_MM = 2;

/** The last one, by what it is made of: a drag asks for it again and again. */
let recent: { readonly key: string; readonly texture: Interstitium } | undefined;

export function interstitium(seed: number, { millimetresPerRow }: Chest): Interstitium {
  const key = `${String(seed)} ${String(millimetresPerRow)}`;
  if (recent?.key === key) return recent.texture;
  const image = CHEST_GRID * millimetresPerRow;
  const fine = smoothNoise(seed, 131, Math.min(0.012, MESH_MM / image)).data;
  const other = smoothNoise(seed, 132, Math.min(0.012, CYST_MM / image)).data;
  const all = { x: 0, y: 0, width: SIZE, height: SIZE };
  const wide = (index: number, mm: number): Float32Array =>
    fieldIn(smoothNoise(seed, index, mm / image, 128), all, SIZE, SIZE);
  const [coarse, choice, gaps] = [wide(133, COARSE * MESH_MM), wide(134, PATCH_MM), wide(135, BREAK_MM)];
  const lines = new Float32Array(SIZE * SIZE);
  const cysts = new Float32Array(SIZE * SIZE);
  for (let cell = 0; cell < lines.length; cell++) {
    const [a, b] = [fine[cell] as number, other[cell] as number];
    const broad = smoothstep(-0.7, 0.9, choice[cell] as number);
    const seen = 0.25 + 0.75 * smoothstep(-0.9, 0.8, gaps[cell] as number);
    lines[cell] =
      seen *
      Math.min(
        1,
        (1 - broad) * ridge(a, 0.3) + broad * ridge(coarse[cell] as number, 0.2) + 0.25 * ridge(b - 0.3, 0.26),
      );
    cysts[cell] = b > 0.95 ? Math.min(1, (b - 0.95) / 0.5) : -ridge(b - 0.62, 0.26);
  }
  const texture = {
    lines: { width: SIZE, height: SIZE, data: lines },
    cysts: { width: SIZE, height: SIZE, data: cysts },
  };
  recent = { key, texture };
  return texture;
}

function ridge(value: number, width: number): number {
  const t = value / width;
  return Math.exp(-t * t);
}
