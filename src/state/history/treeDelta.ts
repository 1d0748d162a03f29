/**
 * What one step changed in a document's tree of versions: marks of some versions, or a branch that was cut off.
 * A deleted version takes along what was made from it: its results are only true beside what they were made from.
 */

import type { StudioDocument, Version } from '../studioDocument';
import { branchOf } from '../versionTree';

/** What a user may change of a version. */
export type VersionMarks = Pick<Version, 'name' | 'pinned'>;

type Tree = Pick<StudioDocument, 'versions' | 'baseVersionId' | 'shownVersionId'>;
type Place = Omit<Tree, 'versions'>;

export type TreeDelta =
  | { readonly kind: 'marks'; readonly id: string; readonly before: Partial<VersionMarks>; readonly after: Partial<VersionMarks> }
  | {
      readonly kind: 'removal';
      /** With their place in the list, first place first. */
      readonly removed: readonly { readonly index: number; readonly version: Version }[];
      /** Where the user was, and is after the removal. */
      readonly before: Place;
      readonly after: Place;
    };

/** Undefined when nothing differs. */
export function markDelta({ versions }: Tree, id: string, marks: Partial<VersionMarks>): TreeDelta | undefined {
  const version = versions.find((each) => each.id === id);
  if (version === undefined) return undefined;
  const keys = (Object.keys(marks) as (keyof VersionMarks)[]).filter((key) => marks[key] !== version[key]);
  if (keys.length === 0) return undefined;
  const pick = (from: Partial<VersionMarks>): Partial<VersionMarks> => Object.fromEntries(keys.map((key) => [key, from[key]]));
  return { kind: 'marks', id, before: pick(version), after: pick(marks) };
}

/** Undefined when there is no such version. Whoever looked at the branch looks at what it grew from. */
export function removalDelta({ versions, baseVersionId, shownVersionId }: Tree, id: string): TreeDelta | undefined {
  const branch = branchOf(versions, id);
  if (branch.size === 0) return undefined;
  const removed = versions.flatMap((version, index) => (branch.has(version.id) ? [{ index, version }] : []));
  const before = { baseVersionId, shownVersionId };
  const parentId = versions.find((version) => version.id === id)?.parentId;
  const baseGone = baseVersionId !== undefined && branch.has(baseVersionId);
  const shownGone = shownVersionId !== undefined && branch.has(shownVersionId);
  const after = {
    baseVersionId: baseGone ? parentId : baseVersionId,
    shownVersionId: baseGone || shownGone ? undefined : shownVersionId,
  };
  return { kind: 'removal', removed, before, after };
}

function patched(tree: Tree, id: string, marks: Partial<VersionMarks>): Tree {
  return { ...tree, versions: tree.versions.map((version) => (version.id === id ? { ...version, ...marks } : version)) };
}

export function applyTreeDelta({ versions, baseVersionId, shownVersionId }: Tree, delta: TreeDelta, direction: 'before' | 'after'): Tree {
  const tree = { versions, baseVersionId, shownVersionId };
  if (delta.kind === 'marks') return patched(tree, delta.id, delta[direction]);
  if (direction === 'after') {
    const gone = new Set(delta.removed.map(({ version }) => version.id));
    return { versions: versions.filter(({ id }) => !gone.has(id)), ...delta.after };
  }
  const whole = [...versions];
  for (const { index, version } of delta.removed) whole.splice(index, 0, version);
  return { versions: whole, ...delta.before };
}

/** Bytes that a step with this delta keeps alive. */
export function treeDeltaBytes(delta: TreeDelta): number {
  if (delta.kind === 'marks') return 512;
  return delta.removed.reduce((sum, { version: { counterfactual, thumbnail } }) => {
    const { image, mask } = counterfactual;
    return sum + image.pixels.byteLength + mask.data.byteLength + thumbnail.data.byteLength;
  }, 0);
}
