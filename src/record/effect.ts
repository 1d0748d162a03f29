/**
 * What a change of a document is to its history, said by whoever changes it and held to here: nothing that undo should bring back
 * changes without a step, and nothing that was found out or is only looked at comes back by undo. Pure.
 */

import type { CandidateSet } from './candidates';
import { withoutFuture, type History } from './history/history';
import { sound } from './history/treeDelta';
import type { NamedMask } from './masks/namedMasks';
import type { StudioDocument } from './studioDocument';
import type { Version } from './version';

/**
 * - `undoable`: the user's doing; it records its step.
 * - `made`: results that have come. No step, but whatever could be redone is over.
 * - `derived`: found out about what is there: readings, doubts, measures, and steps in a smaller form.
 * - `transient`: where the user looks, and what moves on by itself.
 * - `history`: back or forth over a step.
 */
export type Effect = 'undoable' | 'made' | 'derived' | 'transient' | 'history';

/** Which changes may touch what. A new field of a document does not compile until it says. */
const TOUCHED_BY: { readonly [Field in keyof Required<StudioDocument>]: readonly Effect[] } = {
  id: [],
  radiograph: [],
  thumbnail: ['derived'],
  analysis: ['derived'],
  frontalDoubt: ['derived'],
  acceptedAsFrontal: ['transient'],
  // Of a request the seed moves on by itself; of masks it is transient which are shown; of versions readings are derived.
  request: ['undoable', 'transient'],
  masks: ['undoable', 'transient'],
  activeMaskId: ['undoable'],
  mask: ['undoable'],
  versions: ['undoable', 'made', 'derived'],
  // Candidates are kept or dropped without a step, as long as they are none of the tree's.
  candidates: ['undoable', 'made', 'derived', 'transient'],
  shownSetId: ['made', 'transient'],
  baseVersionId: ['undoable', 'made', 'transient'],
  shownVersionId: ['undoable', 'made', 'transient'],
  history: ['undoable', 'made', 'derived'],
};

/**
 * What a change may make of a document: a tree of versions, nobody looking at what is not there, and no more than its effect
 * allows. The store takes a document no other way.
 */
export function accepted(before: StudioDocument, after: StudioDocument, effect: Effect): StudioDocument {
  if (after === before) return before;
  switch (effect) {
    case 'history':
      return mended(before, after);
    case 'undoable':
      // Without a step nothing may change that a step would bring back; showing a mask is such a change.
      return after.history === before.history
        ? accepted(before, after, 'transient')
        : mended(before, touched(before, after, effect));
    case 'made':
      return ended(before, mended(before, touched(before, after, effect)));
    case 'derived':
    case 'transient':
      return mended(before, touched(before, after, effect));
  }
}

function touched(before: StudioDocument, after: StudioDocument, effect: Effect): StudioDocument {
  const fields = (Object.keys(TOUCHED_BY) as (keyof StudioDocument)[]).filter((field) =>
    TOUCHED_BY[field].includes(effect),
  );
  const next = Object.assign({ ...before }, ...fields.map((field) => ({ [field]: after[field] }))) as StudioDocument;
  switch (effect) {
    case 'transient':
      return { ...next, request: withSeedOf(before, after), masks: withShownOf(before.masks, after.masks) };
    case 'derived':
      return {
        ...next,
        versions: withFoundOf(before.versions, after.versions),
        ...(before.candidates === undefined
          ? {}
          : { candidates: setsWithFoundOf(before.candidates, after.candidates) }),
        history: sameSteps(before.history, after.history) ? after.history : before.history,
      };
    case 'made':
      return { ...next, history: before.history };
    case 'undoable':
    case 'history':
      return next;
  }
}

function withSeedOf({ request }: StudioDocument, { request: { sampling } }: StudioDocument): StudioDocument['request'] {
  return sampling.seed === request.sampling.seed
    ? request
    : { ...request, sampling: { ...request.sampling, seed: sampling.seed } };
}

function withShownOf(before: readonly NamedMask[], after: readonly NamedMask[]): readonly NamedMask[] {
  if (after === before) return before;
  return before.map((mask) => {
    const shown = after.find(({ id }) => id === mask.id)?.shown ?? mask.shown;
    return shown === mask.shown ? mask : { ...mask, shown };
  });
}

/** What is known of a result; its marks are the user's. */
function withFoundOf(before: readonly Version[], after: readonly Version[]): readonly Version[] {
  if (after === before) return before;
  const found = new Map(after.map((version) => [version.id, version]));
  return before.map((version) => {
    const { counterfactual, thumbnail, analysis, changedOutside } = found.get(version.id) ?? version;
    return { ...version, counterfactual, thumbnail, analysis, changedOutside };
  });
}

function setsWithFoundOf(
  before: readonly CandidateSet[],
  after: readonly CandidateSet[] = before,
): readonly CandidateSet[] {
  if (after === before) return before;
  const found = after.flatMap(({ items }) => items);
  return before.map((set) => ({ ...set, items: withFoundOf(set.items, found) }));
}

/** The same steps, if in another form. */
function sameSteps(one: History, other: History): boolean {
  return (['past', 'future'] as const).every(
    (side) =>
      one[side].length === other[side].length &&
      one[side].every(({ kind, label }, at) => kind === other[side][at]?.kind && label === other[side][at].label),
  );
}

/** Results that were not there before end what could be redone. */
function ended(before: StudioDocument, after: StudioDocument): StudioDocument {
  const known = new Set(before.versions.map(({ id }) => id));
  return after.versions.some(({ id }) => !known.has(id)) ? { ...after, history: withoutFuture(after.history) } : after;
}

function mended(before: StudioDocument, after: StudioDocument): StudioDocument {
  const parts = ['versions', 'candidates', 'baseVersionId', 'shownVersionId'] as const;
  return parts.every((part) => after[part] === before[part]) ? after : sound(after);
}
