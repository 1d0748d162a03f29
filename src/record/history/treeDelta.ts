/**
 * What one step changed in a document's tree of versions: marks of some versions, or a branch that was cut off.
 * A deleted version takes along what was made from it: its results are only true beside what they were made from.
 */

import type { Version } from '../version';
import type { CandidateSet } from '../candidates';
import { branchOf, soundVersions, type VersionTree } from '../versionTree';

/** What a user may change of a version. */
export type VersionMarks = Pick<Version, 'name' | 'pinned'>;

type Tree = Pick<VersionTree, 'versions' | 'candidates' | 'baseVersionId' | 'shownVersionId'>;
type Place = Pick<Tree, 'baseVersionId' | 'shownVersionId'>;

/** A candidate that went with the version that it was made from, and the set that it was in. */
interface RemovedCandidate {
  readonly set: CandidateSet;
  readonly candidate: Version;
}

export type TreeDelta =
  | {
      readonly kind: 'marks';
      readonly id: string;
      readonly before: Partial<VersionMarks>;
      readonly after: Partial<VersionMarks>;
    }
  | {
      readonly kind: 'removal';
      /** With their place in the list, first place first; the first is what was deleted, the others were made from it. */
      readonly removed: readonly { readonly index: number; readonly version: Version }[];
      /** Absent: there were none. */
      readonly candidates?: readonly RemovedCandidate[];
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
  const pick = (from: Partial<VersionMarks>): Partial<VersionMarks> =>
    Object.fromEntries(keys.map((key) => [key, from[key]]));
  return { kind: 'marks', id, before: pick(version), after: pick(marks) };
}

/** A reading that is under way, or failed, is of the moment: what comes back is read anew. One that is done is of its pixels. */
function withoutUnsettled(version: Version): Version {
  return version.analysis.status === 'ready' ? version : { ...version, analysis: { status: 'waiting' } };
}

/** Undefined when there is no such version. Whoever looked at the branch looks at what it grew from. */
export function removalDelta(
  { versions, candidates = [], baseVersionId, shownVersionId }: Tree,
  id: string,
): TreeDelta | undefined {
  const branch = branchOf(versions, id);
  if (branch.size === 0) return undefined;
  const removed = versions.flatMap((version, index) =>
    branch.has(version.id) ? [{ index, version: withoutUnsettled(version) }] : [],
  );
  const lost = candidates.flatMap((set) =>
    set.items.flatMap((candidate) =>
      candidate.parentId !== undefined && branch.has(candidate.parentId)
        ? [{ set, candidate: withoutUnsettled(candidate) }]
        : [],
    ),
  );
  const gone = new Set([...branch, ...lost.map(({ candidate }) => candidate.id)]);
  const parentId = versions.find((version) => version.id === id)?.parentId;
  const baseGone = baseVersionId !== undefined && gone.has(baseVersionId);
  const shownGone = shownVersionId !== undefined && gone.has(shownVersionId);
  return {
    kind: 'removal',
    removed,
    ...(lost.length === 0 ? {} : { candidates: lost }),
    before: { baseVersionId, shownVersionId },
    after: {
      baseVersionId: baseGone ? parentId : baseVersionId,
      shownVersionId: baseGone || shownGone ? undefined : shownVersionId,
    },
  };
}

/**
 * A removal as it is now: since it was undone, more may have been made from what it removes. Undefined when that is not there.
 * Redo applies this in the place of the step.
 */
export function renewed(tree: Tree, delta: TreeDelta): TreeDelta | undefined {
  if (delta.kind === 'marks') return delta;
  const root = delta.removed[0]?.version.id;
  return root === undefined ? undefined : removalDelta(tree, root);
}

function withoutRemoved(tree: Tree, delta: Extract<TreeDelta, { kind: 'removal' }>): Tree {
  const gone = new Set(delta.removed.map(({ version }) => version.id));
  const lost = new Set(delta.candidates?.map(({ candidate }) => candidate.id));
  const sets = tree.candidates?.flatMap((set) => {
    const items = set.items.filter(({ id }) => !lost.has(id));
    if (items.length === set.items.length) return [set];
    return items.length === 0 ? [] : [{ ...set, items }];
  });
  return {
    ...tree,
    versions: tree.versions.filter(({ id }) => !gone.has(id)),
    ...(sets === undefined ? {} : { candidates: sets }),
    ...delta.after,
  };
}

/** What has been made again since, by the same recipe, is there already and stays. */
function withRemoved(tree: Tree, delta: Extract<TreeDelta, { kind: 'removal' }>): Tree {
  const versions = [...tree.versions];
  for (const { index, version } of delta.removed)
    if (!versions.some(({ id }) => id === version.id)) versions.splice(index, 0, version);
  const sets = [...(tree.candidates ?? [])];
  for (const { set, candidate } of delta.candidates ?? []) {
    const at = sets.findIndex(({ id }) => id === set.id);
    const open = sets[at];
    if (open === undefined) sets.push({ ...set, items: [candidate] });
    else if (!open.items.some(({ id }) => id === candidate.id))
      sets[at] = { ...open, items: [...open.items, candidate] };
  }
  return {
    ...tree,
    versions,
    ...(tree.candidates === undefined && sets.length === 0 ? {} : { candidates: sets }),
    ...delta.before,
  };
}

/** The rules that hold whatever was done: a tree of versions, and nobody looks at what is not there. */
export function sound<Whole extends Tree>(tree: Whole): Whole {
  const versions = soundVersions(tree.versions);
  const there = new Set([...versions, ...(tree.candidates ?? []).flatMap(({ items }) => items)].map(({ id }) => id));
  const present = (id: string | undefined): string | undefined => (id !== undefined && there.has(id) ? id : undefined);
  return {
    ...tree,
    versions,
    baseVersionId: present(tree.baseVersionId),
    shownVersionId: present(tree.shownVersionId),
  };
}

export function applyTreeDelta<Whole extends Tree>(
  tree: Whole,
  delta: TreeDelta,
  direction: 'before' | 'after',
): Whole {
  if (delta.kind === 'marks') {
    return {
      ...tree,
      versions: tree.versions.map((version) =>
        version.id === delta.id ? { ...version, ...delta[direction] } : version,
      ),
    };
  }
  return sound({ ...tree, ...(direction === 'after' ? withoutRemoved(tree, delta) : withRemoved(tree, delta)) });
}

/** With a version that has just been made; its parent, where that is gone, is the radiograph. */
export function withAddedVersion<Whole extends Tree>(tree: Whole, version: Version): Whole {
  return sound({ ...tree, versions: [...tree.versions, version] });
}

/** Bytes that a step with this delta keeps alive. */
export function treeDeltaBytes(delta: TreeDelta): number {
  if (delta.kind === 'marks') return 512;
  const kept = [
    ...delta.removed.map(({ version }) => version),
    ...(delta.candidates ?? []).map(({ candidate }) => candidate),
  ];
  return kept.reduce((sum, { counterfactual, thumbnail }) => {
    const { image, mask } = counterfactual;
    return sum + image.pixels.byteLength + mask.data.byteLength + thumbnail.data.byteLength;
  }, 0);
}
