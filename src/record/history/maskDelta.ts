/**
 * What one step changed in a mask: a box with its values before and after. A stroke's is loose at first: it points at the two
 * masks, which costs nothing at the moment of release. It is packed, run-length coded, when there is time (packHistory).
 */

import { isMaskEmpty } from '../../imaging/mask';
import type { Mask } from '../../imaging/radiograph';
import { atOnce, type Sliced } from '../../imaging/slices';
import { RunPacker, unpackRuns, type Runs } from './runs';

/** Whole pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PackedMaskDelta {
  /** Size of the whole mask. */
  readonly width: number;
  readonly height: number;
  readonly box: Box;
  readonly before: Runs;
  readonly after: Runs;
}

/** Nothing differs outside the box. */
export interface LooseMaskDelta {
  readonly box: Box;
  readonly loose: { readonly before: Mask | undefined; readonly after: Mask | undefined };
}

export type MaskDelta = PackedMaskDelta | LooseMaskDelta;

/** Rows between two chances to interrupt. */
const ROWS = 32;

/** The smallest box within `within` that holds every difference of two masks `width` wide. */
function* changedBox(
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
  width: number,
  within: Box,
): Sliced<Box | undefined> {
  let left = Infinity;
  let right = -1;
  let top = Infinity;
  let bottom = -1;
  for (let y = within.y; y < within.y + within.height; y++) {
    if (y % ROWS === 0) yield;
    const start = y * width + within.x;
    const end = start + within.width;
    let first = start;
    while (first < end && (before ? before[first] : 0) === (after ? after[first] : 0)) first++;
    if (first === end) continue;
    let last = end - 1;
    while ((before ? before[last] : 0) === (after ? after[last] : 0)) last--;
    left = Math.min(left, first - y * width);
    right = Math.max(right, last - y * width);
    top = Math.min(top, y);
    bottom = y;
  }
  return bottom < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function* packBox(mask: Mask | undefined, box: Box): Sliced<Runs> {
  const packer = new RunPacker();
  if (mask === undefined) {
    packer.add(0, box.width * box.height);
    return packer.packed();
  }
  for (let y = box.y; y < box.y + box.height; y++) {
    if (y % ROWS === 0) yield;
    const from = y * mask.width + box.x;
    packer.addValues(mask.data, from, from + box.width);
  }
  return packer.packed();
}

function* packed(before: Mask | undefined, after: Mask | undefined, within?: Box): Sliced<PackedMaskDelta | undefined> {
  const size = before ?? after;
  if (size === undefined) return undefined;
  const { width, height } = size;
  const box = yield* changedBox(before?.data, after?.data, width, within ?? { x: 0, y: 0, width, height });
  if (box === undefined) return undefined;
  return { width, height, box, before: yield* packBox(before, box), after: yield* packBox(after, box) };
}

/** An absent mask counts as empty. Undefined when nothing differs. Both masks must have the size of the radiograph. */
export function maskDelta(before: Mask | undefined, after: Mask | undefined): PackedMaskDelta | undefined {
  return atOnce(packed(before, after));
}

/** @param box outside which nothing differs, and in which something does */
export function looseMaskDelta(before: Mask | undefined, after: Mask | undefined, box: Box): LooseMaskDelta {
  return { box, loose: { before, after } };
}

export function isLoose(delta: MaskDelta): delta is LooseMaskDelta {
  return 'loose' in delta;
}

/** Undefined where nothing differs after all. */
export function packMaskDelta({ box, loose: { before, after } }: LooseMaskDelta): Sliced<PackedMaskDelta | undefined> {
  return packed(before, after, box);
}

/** Bytes that the delta keeps alive; of one that is still loose, what it will be at most usually. */
export function maskDeltaBytes(delta: MaskDelta): number {
  return isLoose(delta) ? (delta.box.width * delta.box.height) / 8 : delta.before.byteLength + delta.after.byteLength;
}

/** The mask on the other side of the delta; undefined where it is empty. The given mask is not changed. */
export function applyMaskDelta(
  mask: Mask | undefined,
  delta: MaskDelta,
  direction: 'before' | 'after',
): Mask | undefined {
  if (isLoose(delta)) return delta.loose[direction];
  const { width, height, box } = delta;
  const data = mask === undefined ? new Uint8Array(width * height) : mask.data.slice();
  const values = unpackRuns(delta[direction], box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    data.set(values.subarray(y * box.width, (y + 1) * box.width), (box.y + y) * width + box.x);
  }
  return isMaskEmpty({ width, height, data }) ? undefined : { width, height, data };
}
