/**
 * The soft rim outside a mask. Distances are exact, by parabolas as in distance.ts (Felzenszwalb & Huttenlocher 2012), but told no
 * farther than the rim reaches: of a zone on a large film most pixels lie inside or far away, and those are passed over.
 */

import type { Box } from './box';
import type { Mask } from './radiograph';

/** Of one row: where parabolas stand, how high, and from where each is the lowest. */
interface Envelope {
  readonly at: Int32Array;
  readonly height: Int32Array;
  readonly from: Float64Array;
}

/**
 * Raises values outside the set of pixels of at least `height` to a smooth fall from `height` to 0 at `radius` pixels (Euclidean,
 * centre to centre). No value is lowered, nothing inside the set is touched.
 * @param into values of the mask's size, raised in place
 * @param box the set with `radius` pixels around it, as far as the mask goes
 */
export function raiseRim(mask: Mask, into: Uint8Array, box: Box, radius: number, height: number): void {
  const values = fall(radius, height);
  const reach = Math.floor(radius);
  const steps = verticalSteps(mask, box, reach, height);
  const { width } = box;
  const envelope: Envelope = {
    at: new Int32Array(width + 2),
    height: new Int32Array(width + 2),
    from: new Float64Array(width + 3),
  };
  for (let y = 0; y < box.height; y++) {
    const row = steps.subarray(y * width, (y + 1) * width);
    const first = (box.y + y) * mask.width + box.x;
    for (let x = 0; x < width;) {
      if (row[x] === 0) {
        x++;
        continue;
      }
      let end = x + 1;
      while (end < width && row[end] !== 0) end++;
      raiseGap(row, x, end, reach, envelope, values, into, first);
      x = end;
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

/** Pixels to the nearest of the set in the same column, [box.height x box.width]; `reach + 1` for all that is farther. */
function verticalSteps({ width, data }: Mask, box: Box, reach: number, least: number): Uint16Array {
  const { width: w, height: h } = box;
  const far = reach + 1;
  const steps = new Uint16Array(w * h);
  for (let y = 0, i = 0; y < h; y++) {
    const row = (box.y + y) * width + box.x;
    for (let x = 0; x < w; x++, i++)
      steps[i] = (data[row + x] as number) >= least ? 0 : Math.min(far, y === 0 ? far : (steps[i - w] as number) + 1);
  }
  for (let i = w * (h - 1) - 1; i >= 0; i--) {
    const below = (steps[i + w] as number) + 1;
    if (below < (steps[i] as number)) steps[i] = below;
  }
  return steps;
}

/** One run of pixels outside the set. What lies behind its ends is never nearer than the ends. */
function raiseGap(
  row: Uint16Array,
  begin: number,
  end: number,
  reach: number,
  envelope: Envelope,
  values: Uint8Array,
  into: Uint8Array,
  first: number,
): void {
  let count = begin > 0 ? stand(envelope, 0, begin - 1, 0) : 0;
  for (let x = begin; x < end; x++) {
    const steps = row[x] as number;
    if (steps <= reach) count = stand(envelope, count, x, steps * steps);
  }
  if (end < row.length) count = stand(envelope, count, end, 0);
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
