/** A small picture made large by a cubic, a row at a time: what nobody looks at is not made, and nothing of its size is kept. */

import type { Box } from './box';
import { kernels } from './kernels/current';
import { cubicKernel, partOf } from './resample-kernels';

/** Of the weights of a cubic between pixels, those below 0 together: by so much of what its four values span it leaves them. */
const OVERSHOOT = 0.125;
/** Above what rounding adds, of values up to about 1. */
const ROUNDING = 1e-5;

export interface Enlarged {
  /** Columns of a row of the box from one up to, not including, another; overwritten by the next. As long as the box is wide. */
  row(y: number, from: number, to: number): Float32Array;
  /** The first row after y that is made of other rows of the small picture. */
  bandEnd(y: number): number;
  /** For each column the range that it keeps to in all of the band of row y. */
  bounds(y: number, least: Float32Array, most: Float32Array): void;
}

/** The rows of a box of what `resizeBicubic` makes of a w x h picture at W x H, bit for bit. @param given null: without kernels */
export function enlargedIn(
  src: Float32Array,
  w: number,
  h: number,
  W: number,
  H: number,
  box: Box,
  given = kernels(),
): Enlarged {
  const { width } = box;
  const own = given?.hasRoomForRow(width) === true ? given : null;
  const { start, weights } = partOf(cubicKernel(h, H), box.y, box.height);
  const lowest = (y: number): number => start[y] as number;
  const [top, bottom] =
    box.height === 0 ? [0, -1] : [Math.max(0, lowest(0)), Math.min(h - 1, lowest(box.height - 1) + 3)];
  const across = widened(src, w, W, box, top, bottom);
  /** Where in `across` the row of one of the four weights begins. */
  const tap = (y: number, t: number): number => (Math.min(h - 1, Math.max(0, lowest(y) + t)) - top) * width;
  const out = new Float32Array(width);
  const owner = {};
  return {
    row(y, from, to) {
      if (own !== null) {
        const rows = [tap(y, 0), tap(y, 1), tap(y, 2), tap(y, 3)] as const;
        return own.fourRows(owner, lowest(y), across, rows, width, weights, y * 4, from, to);
      }
      const [a, b, c, d] = [tap(y, 0), tap(y, 1), tap(y, 2), tap(y, 3)];
      const at = y * 4;
      const [p, q] = [weights[at] as number, weights[at + 1] as number];
      const [r, s] = [weights[at + 2] as number, weights[at + 3] as number];
      // Rounded after each row, as if they were added one after the other.
      for (let x = from; x < to; x++) {
        const one = Math.fround(p * (across[a + x] as number));
        const two = Math.fround(one + q * (across[b + x] as number));
        const three = Math.fround(two + r * (across[c + x] as number));
        out[x] = three + s * (across[d + x] as number);
      }
      return out;
    },
    bandEnd(y) {
      let end = y + 1;
      while (end < box.height && lowest(end) === lowest(y)) end++;
      return end;
    },
    bounds(y, least, most) {
      const [a, b, c, d] = [tap(y, 0), tap(y, 1), tap(y, 2), tap(y, 3)];
      for (let x = 0; x < width; x++) {
        const one = across[a + x] as number;
        const two = across[b + x] as number;
        const three = across[c + x] as number;
        const four = across[d + x] as number;
        const low = Math.min(Math.min(one, two), Math.min(three, four));
        const high = Math.max(Math.max(one, two), Math.max(three, four));
        const beyond = OVERSHOOT * (high - low) + ROUNDING;
        least[x] = low - beyond;
        most[x] = high + beyond;
      }
    },
  };
}

/** Rows `top` to `bottom` of the picture, made longer: [bottom - top + 1 x box.width]. */
function widened(src: Float32Array, w: number, W: number, box: Box, top: number, bottom: number): Float32Array {
  const { width } = box;
  const { start, weights } = partOf(cubicKernel(w, W), box.x, width);
  const across = new Float32Array((bottom - top + 1) * width);
  for (let y = top; y <= bottom; y++) widenRow(src, y * w, w, start, weights, across, (y - top) * width, width);
  return across;
}

/** One row. A function of its own: as a closure's, each access to these arrays costs more. */
function widenRow(
  src: Float32Array,
  row: number,
  w: number,
  start: Int32Array,
  weights: Float32Array,
  across: Float32Array,
  to: number,
  width: number,
): void {
  for (let o = 0, at = 0; o < width; o++, at += 4) {
    const first = start[o] as number;
    let sum = 0;
    if (first >= 0 && first + 4 <= w) {
      const i = row + first;
      sum += (src[i] as number) * (weights[at] as number);
      sum += (src[i + 1] as number) * (weights[at + 1] as number);
      sum += (src[i + 2] as number) * (weights[at + 2] as number);
      sum += (src[i + 3] as number) * (weights[at + 3] as number);
    } else {
      for (let t = 0; t < 4; t++)
        sum += (src[row + Math.min(w - 1, Math.max(0, first + t))] as number) * (weights[at + t] as number);
    }
    across[to + o] = sum;
  }
}
