/**
 * The soft rim outside a mask. Distances are exact, by parabolas as in distance.ts (Felzenszwalb & Huttenlocher 2012), but told no
 * farther than the rim reaches: of a zone on a large film most pixels lie inside or far away, and those are not looked at.
 */

import type { Box } from './box';
import { finderIn, type Finder } from './mask-words';
import type { Mask } from './radiograph';

/** Of one row: where parabolas stand, how high, and from where each is the lowest. */
interface Envelope {
  readonly at: Int32Array;
  readonly height: Int32Array;
  readonly from: Float64Array;
}

/**
 * Raises values outside the set of pixels of at least each of `heights` to a smooth fall from that height to 0 at `radius` pixels
 * (Euclidean, centre to centre). No value is lowered, and sets are told from the mask as it is.
 * @param into values of the mask's size, raised in place
 * @param box holds the sets with `radius` pixels around them, as far as the mask goes
 */
export function raiseRims(mask: Mask, into: Uint8Array, box: Box, radius: number, heights: readonly number[]): void {
  const reach = Math.floor(radius);
  const { width } = box;
  const envelope: Envelope = {
    at: new Int32Array(width + 2),
    height: new Int32Array(width + 2),
    from: new Float64Array(width + 3),
  };
  const steps = new (reach + 1 > 255 ? Uint16Array : Uint8Array)(width * box.height);
  for (const height of heights) {
    const values = fall(radius, height);
    const gaps = gapsOf(mask, box, reach, height);
    tellSteps(mask, box, gaps, reach + 1, height, steps);
    for (let y = 0; y < box.height; y++) {
      const row = y * width;
      const first = (box.y + y) * mask.width + box.x;
      for (let gap = gaps.rows[y] as number; gap < (gaps.rows[y + 1] as number); gap++)
        raiseGap(steps, row, gaps, y, gap, reach, envelope, values, into, first);
    }
  }
}

/** The rim's value at each squared distance; 0 beyond it. */
function fall(radius: number, height: number): Uint8Array {
  return Uint8Array.from({ length: Math.floor(radius * radius) + 2 }, (_, squared) => {
    const distance = Math.sqrt(squared);
    if (squared === 0 || distance > radius) return 0;
    const t = 1 - distance / (radius + 1);
    return Math.round(height * t * t * (3 - 2 * t));
  });
}

/** Runs of pixels outside the set and near it, row by row, in columns of the box. */
interface Gaps {
  /** Those of row y are from rows[y] up to, not including, rows[y + 1]. */
  readonly rows: Uint32Array;
  readonly starts: readonly number[];
  /** Not included. */
  readonly ends: readonly number[];
  /** First and last column that has any of the set in a row not farther than the rim reaches; none: the first is greater. */
  readonly lows: Int32Array;
  readonly highs: Int32Array;
  /** First and last column of the set in the row itself; none: the first is greater. */
  readonly firsts: Int32Array;
  readonly lasts: Int32Array;
}

function gapsOf({ width: stride, data }: Mask, box: Box, reach: number, least: number): Gaps {
  const { width, height } = box;
  const [firsts, lasts] = [new Int32Array(height).fill(width), new Int32Array(height).fill(-1)];
  const { first, last, notFull } = finderIn(data);
  for (let y = 0; y < height; y++) {
    const [from, to] = [(box.y + y) * stride + box.x, (box.y + y) * stride + box.x + width];
    let x0 = first(from, to);
    while (x0 < to && (data[x0] as number) < least) x0++;
    if (x0 === to) continue;
    let x1 = last(x0, to);
    while ((data[x1] as number) < least) x1--;
    firsts[y] = x0 - from;
    lasts[y] = x1 - from;
  }
  const lows = leastWithin(firsts, reach);
  const highs = leastWithin(
    lasts.map((last) => -last),
    reach,
  ).map((last) => -last);
  const rows = new Uint32Array(height + 1);
  const [starts, ends]: [number[], number[]] = [[], []];
  const add = (from: number, to: number): void => {
    if (from >= to) return;
    starts.push(from);
    ends.push(to);
  };
  for (let y = 0; y < height; y++) {
    const [low, high] = [lows[y] as number, highs[y] as number];
    if (low <= high) {
      const [begin, end] = [Math.max(0, low - reach), Math.min(width, high + reach + 1)];
      const [x0, x1] = [firsts[y] as number, lasts[y] as number];
      if (x0 > x1) add(begin, end);
      else {
        add(begin, x0);
        holes(data, notFull, (box.y + y) * stride + box.x, x0, x1, least, add);
        add(x1 + 1, end);
      }
    }
    rows[y + 1] = starts.length;
  }
  return { rows, starts, ends, lows, highs, firsts, lasts };
}

/** The least of the values not farther than `reach` from each: candidates wait in a queue, the least first. */
function leastWithin(values: Int32Array, reach: number): Int32Array {
  const least = new Int32Array(values.length);
  const queue = new Int32Array(values.length);
  let [head, tail] = [0, 0];
  for (let next = 0, y = 0; y < values.length; y++) {
    for (; next < values.length && next <= y + reach; next++) {
      const value = values[next] as number;
      while (tail > head && (values[queue[tail - 1] as number] as number) >= value) tail--;
      queue[tail++] = next;
    }
    while ((queue[head] as number) < y - reach) head++;
    least[y] = values[queue[head] as number] as number;
  }
  return least;
}

/** Runs of less than `least` between two columns that are not. */
function holes(
  data: Uint8Array,
  notFull: Finder['notFull'],
  row: number,
  x0: number,
  x1: number,
  least: number,
  add: (from: number, to: number) => void,
): void {
  for (let x = x0; x < x1;) {
    x = notFull(row + x, row + x1) - row;
    while (x < x1 && (data[row + x] as number) >= least) x++;
    const from = x;
    while (x < x1 && (data[row + x] as number) < least) x++;
    add(from, x);
  }
}

/**
 * For each pixel of the gaps that has any of the set above or below it: how far the nearest of these is, `far` where it is as far or farther.
 * @param steps [box.height x box.width], written to where a gap is
 */
function tellSteps(
  { width: stride, data }: Mask,
  box: Box,
  { rows, starts, ends }: Gaps,
  far: number,
  least: number,
  steps: Uint8Array | Uint16Array,
): void {
  const { width, height } = box;
  steps.fill(far);
  const sweep = (y: number, back: number): void => {
    const [own, beside] = [y * width, (y - back) * width];
    const other = (box.y + y - back) * stride + box.x;
    for (let gap = rows[y] as number; gap < (rows[y + 1] as number); gap++)
      stepOn(data, steps, other, beside, own, starts[gap] as number, ends[gap] as number, least);
  };
  for (let y = 1; y < height; y++) sweep(y, 1);
  for (let y = height - 2; y >= 0; y--) sweep(y, -1);
}

/** From a row to the one beside it. A function of its own: as a closure's, each access to these arrays costs more. */
function stepOn(
  data: Uint8Array,
  steps: Uint8Array | Uint16Array,
  other: number,
  beside: number,
  own: number,
  from: number,
  to: number,
  least: number,
): void {
  for (let x = from; x < to; x++) {
    const next = (data[other + x] as number) >= least ? 1 : (steps[beside + x] as number) + 1;
    if (next < (steps[own + x] as number)) steps[own + x] = next;
  }
}

/** One gap. What lies behind its ends is never nearer than the ends. */
function raiseGap(
  steps: Uint8Array | Uint16Array,
  row: number,
  { starts, ends, lows, highs, firsts, lasts }: Gaps,
  y: number,
  gap: number,
  reach: number,
  envelope: Envelope,
  values: Uint8Array,
  into: Uint8Array,
  first: number,
): void {
  const [begin, end] = [starts[gap] as number, ends[gap] as number];
  let count = begin > (firsts[y] as number) ? stand(envelope, 0, begin - 1, 0) : 0;
  const last = Math.min(end - 1, highs[y] as number);
  for (let x = Math.max(begin, lows[y] as number); x <= last; x++) {
    const own = steps[row + x] as number;
    if (own <= reach) count = stand(envelope, count, x, own * own);
  }
  if (end <= (lasts[y] as number)) count = stand(envelope, count, end, 0);
  if (count === 0) return;
  const { at, height, from } = envelope;
  for (let x = begin, k = 0; x < end; x++) {
    while (k + 1 < count && (from[k + 1] as number) < x) k++;
    const squared = (x - (at[k] as number)) ** 2 + (height[k] as number);
    if (squared >= values.length) continue;
    const value = values[squared] as number;
    if (value > (into[first + x] as number)) into[first + x] = value;
  }
}

/** Adds a parabola to the right of the others. @returns how many are left */
function stand({ at, height, from }: Envelope, count: number, x: number, squared: number): number {
  let k = count;
  let border = -Infinity;
  while (k > 0) {
    const p = at[k - 1] as number;
    border = (squared + x * x - (height[k - 1] as number) - p * p) / (2 * (x - p));
    if (border > (from[k - 1] as number)) break;
    k--;
    border = -Infinity;
  }
  at[k] = x;
  height[k] = squared;
  from[k] = border;
  return k + 1;
}
