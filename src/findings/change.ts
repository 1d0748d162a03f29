/**
 * What may be asked of one finding: the kinds of change there are, and what each asks of a place. Whoever adds a kind is led by
 * the compiler to every place where kinds differ. Pure.
 */

import type { Finding, Place, Severity } from './vocabulary';
import type { SketchWish } from './wish';

export type PlaceSeverities = Readonly<Partial<Record<Place, Severity>>>;

interface Asked {
  readonly finding: Finding;
  readonly places: readonly Place[];
}

interface Graded extends Asked {
  /** Asked severity in [0, 3]; the greatest of `severities`. */
  readonly severity: Severity;
  /** Of single places where it is not `severity`; 0 clears the place. Of no effect under a painted mask, which has one severity. */
  readonly severities?: PlaceSeverities;
  /** How it is drawn, where it is drawn from what is known of it; of no effect where the denoiser makes it. */
  readonly sketch?: SketchWish;
}

/** It comes, as much as is said. */
export interface Addition extends Graded {
  readonly kind: 'add';
}

/** It is there, and becomes more or less. */
export interface Regrading extends Graded {
  readonly kind: 'grade';
}

/** It goes from all its places. */
export interface Removal extends Asked {
  readonly kind: 'remove';
  readonly severity: 0;
  /** Nothing comes that could have grades or be drawn. */
  readonly severities?: never;
  readonly sketch?: never;
}

export type FindingChange = Addition | Regrading | Removal;
export type ChangeKind = FindingChange['kind'];
const KINDS: Readonly<Record<ChangeKind, true>> = { add: true, remove: true, grade: true };
export const CHANGE_KINDS = Object.keys(KINDS) as readonly ChangeKind[];

/** Fields of any kind together, as controls and drafts hold them. */
export interface LooseChange extends Asked {
  readonly kind: ChangeKind;
  readonly severity: Severity;
  readonly severities?: PlaceSeverities | undefined;
  readonly sketch?: SketchWish | undefined;
}

/** Its kind decides which of the fields count. */
export function changeOf({ kind, finding, places, severity, severities, sketch }: LooseChange): FindingChange {
  switch (kind) {
    case 'remove':
      return { kind, finding, places, severity: 0 };
    case 'add':
    case 'grade':
      return {
        kind,
        finding,
        places,
        severity,
        ...(severities === undefined ? {} : { severities }),
        ...(sketch === undefined ? {} : { sketch }),
      };
  }
}

/** Whether nothing comes. Another grade may be one of nothing, and is no removal. */
export function isRemoval(change: Pick<FindingChange, 'kind'>): boolean {
  switch (change.kind) {
    case 'remove':
      return true;
    case 'add':
    case 'grade':
      return false;
  }
}

/** What is asked of one of its places. */
export function gradeAt(change: FindingChange, place: Place): Severity {
  switch (change.kind) {
    case 'remove':
      return 0;
    case 'add':
    case 'grade':
      return change.severities?.[place] ?? change.severity;
  }
}

/** What is asked of each of its places. */
export function gradesOf(change: FindingChange): PlaceSeverities {
  return Object.fromEntries(change.places.map((place) => [place, gradeAt(change, place)]));
}

/** A change to the greatest of such severities; where all are 0, a removal, whatever it was to be. */
export function changeTo(
  kind: ChangeKind,
  finding: Finding,
  severities: PlaceSeverities,
  places: readonly Place[],
): FindingChange {
  const severity = Math.max(0, ...Object.values(severities));
  return severity === 0
    ? { kind: 'remove', finding, places, severity }
    : { kind: kind === 'remove' ? 'add' : kind, finding, places, severity, severities };
}

/** What comes before what goes: the first of several decides how all are made. */
export function comingFirst<Change extends Pick<FindingChange, 'kind'>>(changes: readonly Change[]): readonly Change[] {
  return [...changes.filter((each) => !isRemoval(each)), ...changes.filter(isRemoval)];
}
