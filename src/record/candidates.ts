/** Results that wait to be kept or dropped: sets of one request with several seeds, the best of a search, a severity sweep. Pure. */

import type { SearchTrial } from '../counterfactual/search/searchEdit';
import type { JobKind } from './job';
import type { Version } from './version';

/** Not in the document's tree until it is kept. */
export type Candidate = Version;

export interface CandidateSet {
  /** Of the job that made it. */
  readonly id: string;
  readonly kind: Exclude<JobKind, 'single' | 'undo'>;
  /** The request in words. */
  readonly label: string;
  /** How many were asked for. */
  readonly asked: number;
  readonly items: readonly Candidate[];
  /** What a search has tried, in order. */
  readonly trials: readonly SearchTrial[];
}

/** More would fill the memory; of the others the oldest go first, pinned ones never. */
export const MOST_CANDIDATES = 32;

interface WithCandidates {
  readonly candidates?: readonly CandidateSet[];
  readonly shownSetId?: string;
}

export function candidateSets(document: WithCandidates | undefined): readonly CandidateSet[] {
  return document?.candidates ?? [];
}

export function findCandidate(document: WithCandidates | undefined, id: string | undefined): Candidate | undefined {
  if (id === undefined) return undefined;
  for (const { items } of candidateSets(document)) {
    const found = items.find((item) => item.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function setOf(document: WithCandidates | undefined, candidateId: string | undefined): CandidateSet | undefined {
  return candidateSets(document).find(({ items }) => items.some(({ id }) => id === candidateId));
}

function changeSets<Document extends WithCandidates>(
  document: Document,
  change: (sets: readonly CandidateSet[]) => readonly CandidateSet[],
): Document {
  return { ...document, candidates: change(candidateSets(document)) };
}

/** The set in the strip: the one brought there last, else that of the candidate on the screen, else the latest. */
export function shownSet(
  document: (WithCandidates & { readonly shownVersionId: string | undefined }) | undefined,
): CandidateSet | undefined {
  const sets = candidateSets(document);
  return sets.find(({ id }) => id === document?.shownSetId) ?? setOf(document, document?.shownVersionId) ?? sets.at(-1);
}

/** A new set comes into the strip. */
export function withSet<Document extends WithCandidates>(document: Document, set: CandidateSet): Document {
  if (candidateSets(document).some(({ id }) => id === set.id)) return document;
  return { ...changeSets(document, (sets) => [...sets, set]), shownSetId: set.id };
}

export function withoutSet<Document extends WithCandidates>(document: Document, setId: string): Document {
  return changeSets(document, (sets) => sets.filter(({ id }) => id !== setId));
}

export function withCandidate<Document extends WithCandidates>(
  document: Document,
  setId: string,
  candidate: Candidate,
): Document {
  return changeSets(document, (sets) =>
    bounded(
      sets.map((set) =>
        set.id === setId ? { ...set, items: [...set.items.filter(({ id }) => id !== candidate.id), candidate] } : set,
      ),
      setId,
    ),
  );
}

export function withTrial<Document extends WithCandidates>(
  document: Document,
  setId: string,
  trial: SearchTrial,
): Document {
  return changeSets(document, (sets) =>
    sets.map((set) => (set.id === setId ? { ...set, trials: [...set.trials, trial] } : set)),
  );
}

export function withCandidateChanged<Document extends WithCandidates>(
  document: Document,
  candidateId: string,
  change: (candidate: Candidate) => Candidate,
): Document {
  return changeSets(document, (sets) =>
    sets.map((set) => ({ ...set, items: set.items.map((item) => (item.id === candidateId ? change(item) : item)) })),
  );
}

/** A set whose last candidate goes, goes with it. */
export function withoutCandidates<Document extends WithCandidates>(
  document: Document,
  goes: (candidate: Candidate) => boolean,
): Document {
  return changeSets(document, (sets) =>
    sets.flatMap((set) => {
      const items = set.items.filter((item) => !goes(item));
      if (items.length === set.items.length) return [set];
      return items.length === 0 ? [] : [{ ...set, items }];
    }),
  );
}

/** Makes room among the sets other than the one that grows. */
function bounded(sets: readonly CandidateSet[], growing: string): readonly CandidateSet[] {
  let surplus = sets.reduce((sum, { items }) => sum + items.length, 0) - MOST_CANDIDATES;
  if (surplus <= 0) return sets;
  return sets.flatMap((set) => {
    if (set.id === growing || surplus <= 0) return [set];
    const items = set.items.filter(({ pinned }) => pinned || surplus-- <= 0);
    return items.length === 0 ? [] : [{ ...set, items }];
  });
}
