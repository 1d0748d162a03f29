/**
 * Interstitial textures. The net's lines are the levels of a smooth random surface: they meander and close up as thickened septa
 * do, without the straight sides and corners of cells, and two nets lie over each other as they do on a film.
 */

import type { Chest } from '../chest';
import { CHEST_GRID, type Field } from '../field';
import { smoothNoise } from '../noise';

const SIZE = 512;

export interface Interstitium {
  /** Lines of the net, 0 to 1, [512 x 512]. */
  readonly lines: Field;
  /** Air in cysts (1) and their walls (-1). */
  readonly cysts: Field;
}

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
  const lines = new Float32Array(SIZE * SIZE);
  const cysts = new Float32Array(SIZE * SIZE);
  for (let cell = 0; cell < lines.length; cell++) {
    const [a, b] = [fine[cell] as number, other[cell] as number];
    lines[cell] = Math.min(1, 0.8 * ridge(a, 0.26) + 0.4 * ridge(b - 0.3, 0.26));
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
