/** What one step changed in the named masks: the list, which of them is in use, and the pixels of those that differ. */

import { activeMask, maskSet, type MaskSet, type NamedMask } from '../masks/namedMasks';
import { atOnce, type Sliced } from '../../imaging/slices';
import {
  applyMaskDelta,
  isLoose,
  looseMaskDelta,
  maskDelta,
  maskDeltaBytes,
  packMaskDelta,
  type Box,
  type MaskDelta,
} from './maskDelta';

/** Order, names and which is in use; showing and hiding is no step. */
export interface MaskList {
  readonly masks: readonly { readonly id: string; readonly name: string }[];
  readonly activeMaskId: string | undefined;
}

export interface MasksDelta {
  readonly before: MaskList;
  readonly after: MaskList;
  readonly pixels: readonly { readonly id: string; readonly delta: MaskDelta }[];
}

function listOf({ masks, activeMaskId }: MaskSet): MaskList {
  return { masks: masks.map(({ id, name }) => ({ id, name })), activeMaskId };
}

/**
 * Undefined when nothing differs but what is shown.
 * @param within the box outside which the mask in use is known to be the same, and in which it differs; a stroke knows it
 */
export function masksDelta(before: MaskSet, after: MaskSet, within?: Box): MasksDelta | undefined {
  const ids = new Set([...before.masks, ...after.masks].map(({ id }) => id));
  const pixelsOf = (set: MaskSet, id: string) => set.masks.find((each) => each.id === id)?.mask;
  const pixels = [...ids].flatMap((id) => {
    const [old, fresh] = [pixelsOf(before, id), pixelsOf(after, id)];
    if (old === fresh) return [];
    const delta =
      within !== undefined && id === activeMask(after)?.id ? looseMaskDelta(old, fresh, within) : maskDelta(old, fresh);
    return delta === undefined ? [] : [{ id, delta }];
  });
  const lists = { before: listOf(before), after: listOf(after) };
  return pixels.length === 0 && JSON.stringify(lists.before) === JSON.stringify(lists.after)
    ? undefined
    : { ...lists, pixels };
}

/** The masks on the other side of the delta; what is shown stays shown. */
export function applyMasksDelta(
  set: MaskSet,
  { pixels, ...lists }: MasksDelta,
  direction: 'before' | 'after',
): MaskSet {
  const { masks, activeMaskId } = lists[direction];
  const applied = masks.map(({ id, name }): NamedMask => {
    const present = set.masks.find((each) => each.id === id);
    const delta = pixels.find((each) => each.id === id)?.delta;
    const mask = delta === undefined ? present?.mask : applyMaskDelta(present?.mask, delta, direction);
    return { id, name, mask, shown: present?.shown ?? true };
  });
  return maskSet(applied, activeMaskId);
}

/** Bytes that the delta keeps alive. */
export function masksDeltaBytes({ pixels, before, after }: MasksDelta): number {
  const names = 64 * (before.masks.length + after.masks.length + 1);
  return pixels.reduce((sum, { delta }) => sum + maskDeltaBytes(delta) + 64, names);
}

export function isLooseMasks({ pixels }: MasksDelta): boolean {
  return pixels.some(({ delta }) => isLoose(delta));
}

/** The same step with all its pixels packed. */
export function* packMasksDelta(masks: MasksDelta): Sliced<MasksDelta> {
  const pixels: { readonly id: string; readonly delta: MaskDelta }[] = [];
  for (const { id, delta } of masks.pixels) {
    const packed = isLoose(delta) ? yield* packMaskDelta(delta) : delta;
    if (packed !== undefined) pixels.push({ id, delta: packed });
  }
  return { ...masks, pixels };
}

export function packedMasksDelta(masks: MasksDelta): MasksDelta {
  return isLooseMasks(masks) ? atOnce(packMasksDelta(masks)) : masks;
}
