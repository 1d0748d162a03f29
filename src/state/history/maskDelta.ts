/** What one stroke changed: the bounding box of the difference with its values before and after, run-length coded. */

import { isMaskEmpty } from '../../imaging/mask';
import type { Mask } from '../../imaging/radiograph';
import { packRuns, unpackRuns, type Runs } from './runs';

/** Whole pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface MaskDelta {
  /** Size of the whole mask. */
  readonly width: number;
  readonly height: number;
  readonly box: Box;
  readonly before: Runs;
  readonly after: Runs;
}

/** The smallest box within `within` that holds every difference of two masks `width` wide. */
function changedBox(before: Uint8Array, after: Uint8Array, width: number, within: Box): Box | undefined {
  let left = Infinity;
  let right = -1;
  let top = Infinity;
  let bottom = -1;
  for (let y = within.y; y < within.y + within.height; y++) {
    const row = y * width;
    for (let x = within.x; x < within.x + within.width; x++) {
      if (before[row + x] === after[row + x]) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return bottom < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function cut(data: Uint8Array, width: number, box: Box): Uint8Array {
  const values = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const from = (box.y + y) * width + box.x;
    values.set(data.subarray(from, from + box.width), y * box.width);
  }
  return values;
}

/**
 * An absent mask counts as empty. Undefined when nothing differs. Both masks must have the size of the radiograph.
 * @param within where to look, when the rest is known to be the same; everywhere if left out
 */
export function maskDelta(before: Mask | undefined, after: Mask | undefined, within?: Box): MaskDelta | undefined {
  const size = before ?? after;
  if (size === undefined) return undefined;
  const { width, height } = size;
  const old = before?.data ?? new Uint8Array(width * height);
  const fresh = after?.data ?? new Uint8Array(width * height);
  const box = changedBox(old, fresh, width, within ?? { x: 0, y: 0, width, height });
  if (box === undefined) return undefined;
  return { width, height, box, before: packRuns(cut(old, width, box)), after: packRuns(cut(fresh, width, box)) };
}

/** The mask on the other side of the delta; undefined where it is empty. The given mask is not changed. */
export function applyMaskDelta(mask: Mask | undefined, delta: MaskDelta, direction: 'before' | 'after'): Mask | undefined {
  const { width, height, box } = delta;
  const data = mask === undefined ? new Uint8Array(width * height) : mask.data.slice();
  const values = unpackRuns(delta[direction], box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    data.set(values.subarray(y * box.width, (y + 1) * box.width), (box.y + y) * width + box.x);
  }
  return isMaskEmpty({ width, height, data }) ? undefined : { width, height, data };
}
