/** What tests ask of a sketch: its change over the whole image, and means of small squares. */

import type { Sketch } from '../sketch';

/** The change over the whole image, [height x width]. */
export function overImage({ box, change }: Sketch, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height);
  for (let j = 0; j < box.height; j++)
    for (let i = 0; i < box.width; i++) out[(box.y + j) * width + box.x + i] = change[j * box.width + i] as number;
  return out;
}

/** Mean of a square of `2 * reach + 1` pixels around a place given as fractions. */
export function meanAround(values: Float32Array, width: number, u: number, v: number, reach = 2): number {
  const height = values.length / width;
  let total = 0;
  for (let j = -reach; j <= reach; j++)
    for (let i = -reach; i <= reach; i++)
      total += values[(Math.round(v * height) + j) * width + Math.round(u * width) + i] as number;
  return total / (2 * reach + 1) ** 2;
}

export function totalOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
