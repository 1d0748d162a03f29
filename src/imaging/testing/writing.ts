/** Writing burned into a picture, for tests. */

import type { Box } from '../box';

/** Rows of letters of 5 × 7, one bit a pixel. */
const LETTERS: Readonly<Record<string, readonly number[]>> = {
  A: [0x0e, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11],
  D: [0x1e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1e],
  E: [0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f],
  L: [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1f],
  N: [0x11, 0x19, 0x15, 0x15, 0x13, 0x11, 0x11],
  O: [0x0e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e],
  R: [0x1e, 0x11, 0x11, 0x1e, 0x14, 0x12, 0x11],
  T: [0x1f, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04],
};
/** @returns the box around what is written with its upper left corner at a place */
export function written(
  pixels: Uint8Array | Uint16Array,
  columns: number,
  text: string,
  at: { readonly x: number; readonly y: number },
  { grey = 255, scale = 2, down = false }: { grey?: number; scale?: number; down?: boolean } = {},
): Box {
  for (const [place, letter] of Array.from(text).entries())
    for (let y = 0; y < 7 * scale; y++)
      for (let x = 0; x < 5 * scale; x++) {
        const bits = LETTERS[letter]?.[Math.floor(y / scale)] ?? 0;
        if (((bits >> (4 - Math.floor(x / scale))) & 1) === 0) continue;
        const [along, across] = [place * 6 * scale + x, y];
        const [column, row] = down ? [at.x + across, at.y + along] : [at.x + along, at.y + across];
        pixels[row * columns + column] = grey;
      }
  const [long, high] = [(text.length * 6 - 1) * scale, 7 * scale];
  return { ...at, ...(down ? { width: high, height: long } : { width: long, height: high }) };
}
