/** The shape of a document's versions: who was made from whom. Pure. */

import type { CandidateSet } from './candidates';
import type { Version } from './version';

/** The results of a radiograph, and which of them are looked at. */
export interface VersionTree {
  /** Oldest first, and so parents before what was made from them. */
  readonly versions: readonly Version[];
  /** Results that are not kept as versions yet; absent: none. They can be shown and compared like versions. */
  readonly candidates?: readonly CandidateSet[];
  /** Which set of them is looked at; absent or gone: see shownSet. */
  readonly shownSetId?: string;
  /** What edits start from and results are compared with; undefined: the radiograph. */
  readonly baseVersionId: string | undefined;
  /** The result on the screen, made from the base; undefined: the base itself is shown. */
  readonly shownVersionId: string | undefined;
}

interface Node {
  readonly id: string;
  readonly parentId?: string | undefined;
}

export interface VersionNode<Item extends Node = Version> {
  readonly version: Item;
  readonly children: readonly VersionNode<Item>[];
}

/** A version and all that was made from it; empty when there is no such version. */
export function branchOf(versions: readonly Node[], id: string): ReadonlySet<string> {
  const branch = new Set<string>();
  if (versions.some((version) => version.id === id)) branch.add(id);
  // Parents come before what was made from them, so one pass finds every generation.
  for (const { id: each, parentId } of versions) {
    if (parentId !== undefined && branch.has(parentId)) branch.add(each);
  }
  return branch;
}

/**
 * What every list of versions is: each id once, parents before what was made from them, and no parent that is not there. What
 * breaks a rule is mended, an order as little as can be; a sound list is returned as it is.
 */
export function soundVersions<Item extends Node>(versions: readonly Item[]): readonly Item[] {
  const sound: Item[] = [];
  const placed = new Set<string>();
  const byId = new Map<string, Item>();
  for (const version of versions) if (!byId.has(version.id)) byId.set(version.id, version);
  const place = (version: Item, below: ReadonlySet<string>): void => {
    if (placed.has(version.id)) return;
    const parent =
      version.parentId === undefined || below.has(version.parentId) ? undefined : byId.get(version.parentId);
    if (parent !== undefined) place(parent, new Set([...below, version.id]));
    if (placed.has(version.id)) return;
    placed.add(version.id);
    sound.push(parent?.id === version.parentId ? version : { ...version, parentId: undefined });
  };
  for (const version of byId.values()) place(version, new Set([version.id]));
  return sound.length === versions.length && sound.every((version, index) => version === versions[index])
    ? versions
    : sound;
}

/** Roots first; among siblings pinned before others, then oldest first. A version without its parent counts as a root. */
export function versionForest<Item extends Node & Pick<Version, 'pinned'>>(
  versions: readonly Item[],
): readonly VersionNode<Item>[] {
  const known = new Set(versions.map(({ id }) => id));
  const childrenOf = (parentId: string | undefined): readonly VersionNode<Item>[] => {
    const own = versions.filter(
      (version) =>
        (version.parentId !== undefined && known.has(version.parentId) ? version.parentId : undefined) === parentId,
    );
    const ordered = [...own.filter(({ pinned }) => pinned), ...own.filter(({ pinned }) => !pinned)];
    return ordered.map((version) => ({ version, children: childrenOf(version.id) }));
  };
  return childrenOf(undefined);
}

/** What a version is called on the screen. */
export function versionTitle({ name, label }: Pick<Version, 'name' | 'label'>): string {
  return name ?? label;
}
