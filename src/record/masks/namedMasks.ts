/**
 * The named masks of a radiograph: an ordered list of which at most one is in use. `mask` is always the pixels of the one in
 * use, so that whoever only asks "where may it change" need not know of the list. Pure.
 */

import type { Mask } from '../../imaging/radiograph';
import * as names from '../../messages/en/names';

export interface NamedMask {
  readonly id: string;
  readonly name: string;
  /** Called like the file that it came from, not by the user. */
  readonly fromFile?: true;
  /** Undefined while nothing is painted. */
  readonly mask: Mask | undefined;
  /** Drawn on the picture. */
  readonly shown: boolean;
}

export interface MaskSet {
  readonly masks: readonly NamedMask[];
  readonly activeMaskId: string | undefined;
  readonly mask: Mask | undefined;
}

export const NO_MASKS: MaskSet = { masks: [], activeMaskId: undefined, mask: undefined };

/** The longest name that a list shows and a DICOM segment label (VR LO) holds. */
export const MAX_NAME = 64;

export function activeMask({ masks, activeMaskId }: Pick<MaskSet, 'masks' | 'activeMaskId'>): NamedMask | undefined {
  return masks.find(({ id }) => id === activeMaskId);
}

/** Restores the rule that `mask` is the pixels of the one in use. */
export function maskSet(masks: readonly NamedMask[], activeMaskId: string | undefined): MaskSet {
  const active = activeMask({ masks, activeMaskId });
  return { masks, activeMaskId: active?.id, mask: active?.mask };
}

/** "Mask 3": the first number that no mask has. */
export function freeName(masks: readonly Pick<NamedMask, 'name'>[], given?: string): string {
  const taken = new Set(masks.map(({ name }) => name));
  if (given !== undefined && !taken.has(given)) return given;
  const stem = given ?? names.mask();
  for (let number = given === undefined ? 1 : 2; ; number++) {
    const name = names.numbered({ stem, number });
    if (!taken.has(name)) return name;
  }
}

function freeId(masks: readonly NamedMask[]): string {
  const numbers = masks.map(({ id }) => Number(/^mask-(\d+)$/.exec(id)?.[1] ?? 0));
  return `mask-${String(Math.max(0, ...numbers) + 1)}`;
}

/** A further mask, in use from now on. */
export function withAdded(
  { masks }: MaskSet,
  mask: Mask | undefined,
  name = freeName(masks),
  fromFile = false,
): MaskSet {
  const added: NamedMask = { id: freeId(masks), name, ...(fromFile && { fromFile }), mask, shown: true };
  return maskSet([...masks, added], added.id);
}

/** Other pixels for the mask in use; the first mask is made when there is none in use. */
export function withActivePixels(set: MaskSet, mask: Mask | undefined): MaskSet {
  if (activeMask(set) === undefined) return mask === undefined ? set : withAdded(set, mask);
  return maskSet(
    set.masks.map((each) => (each.id === set.activeMaskId ? { ...each, mask } : each)),
    set.activeMaskId,
  );
}

export function withActive(set: MaskSet, id: string): MaskSet {
  return set.masks.some((each) => each.id === id) ? maskSet(set.masks, id) : set;
}

/** A name that is empty or taken is not given. */
export function withName(set: MaskSet, id: string, name: string): MaskSet {
  const trimmed = name.trim().slice(0, MAX_NAME);
  if (trimmed === '' || set.masks.some((each) => each.name === trimmed)) return set;
  return maskSet(
    set.masks.map(({ fromFile, ...each }) =>
      each.id === id ? { ...each, name: trimmed } : { ...each, ...(fromFile && { fromFile }) },
    ),
    set.activeMaskId,
  );
}

/** A copy behind the original, in use from now on. */
export function withDuplicate(set: MaskSet, id: string): MaskSet {
  const index = set.masks.findIndex((each) => each.id === id);
  const original = set.masks[index];
  if (original === undefined) return set;
  const copy: NamedMask = {
    ...original,
    id: freeId(set.masks),
    name: freeName(set.masks, names.copyOf({ name: original.name.slice(0, MAX_NAME - 10) })),
    shown: true,
  };
  return maskSet([...set.masks.slice(0, index + 1), copy, ...set.masks.slice(index + 1)], copy.id);
}

/** When the mask in use goes, its neighbour is used. */
export function without(set: MaskSet, id: string): MaskSet {
  const index = set.masks.findIndex((each) => each.id === id);
  if (index < 0) return set;
  const masks = set.masks.filter((each) => each.id !== id);
  return maskSet(masks, set.activeMaskId === id ? masks[Math.min(index, masks.length - 1)]?.id : set.activeMaskId);
}

export function withShown(set: MaskSet, id: string, shown: boolean): MaskSet {
  return maskSet(
    set.masks.map((each) => (each.id === id ? { ...each, shown } : each)),
    set.activeMaskId,
  );
}
