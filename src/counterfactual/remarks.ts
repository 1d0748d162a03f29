/** What of an edit may not be what its words suggest: told before it is made, or with what was made. Pure. */

import { gradeAt, isRemoval } from '../findings/change';
import { knowledgeOf } from '../findings/knowledge';
import { gradeSeen, type Seen } from '../findings/seen';
import type { Finding, Severity } from '../findings/vocabulary';
import { findingName } from '../findings/words';
import * as say from '../messages/en/receipt';
import { fixed } from '../messages/numbers';
import type { Mask } from '../imaging/radiograph';
import type { Asked, Counterfactual, Edit, Recipe } from './edit';
import { latentMask } from './latentMask';
import { partsOf } from './parts';

/** A quarter of a grade: less is within what a film is read as anew. Chosen. */
const LEAST_LESS: Severity = 0.25;

export interface LessThanSeen {
  readonly finding: Finding;
  /** Where most more is seen than asked: both grades. */
  readonly seen: Severity;
  readonly asked: Severity;
}

/** Opacity of another grade that is asked where more of it is seen: some of it goes. The first finding; undefined: none. */
export function lessThanSeen(edit: Edit, reading: Seen): LessThanSeen | undefined {
  return partsOf<Edit>(edit).flatMap((part) => partLessThanSeen(part, reading) ?? [])[0];
}

/** The same of one finding, whatever stands beside it. */
export function partLessThanSeen(part: Asked & { readonly mask?: Mask }, reading: Seen): LessThanSeen | undefined {
  if (part.kind !== 'grade' || isRemoval(part) || !knowledgeOf(part.finding).opacityLike) return undefined;
  const { finding, mask, severity } = part;
  const compared = (seen: Severity, asked: Severity): LessThanSeen => ({ finding, seen, asked });
  const grades =
    mask === undefined
      ? part.places.map((place) => compared(gradeSeen(finding, { places: [place] }, reading), gradeAt(part, place)))
      : [compared(gradeSeen(finding, { cells: latentMask(mask) }, reading), severity)];
  return grades
    .filter(({ seen, asked }) => asked > 0 && seen - asked >= LEAST_LESS)
    .sort((one, other) => other.seen - other.asked - (one.seen - one.asked))[0];
}

export function lessThanSeenInWords({ finding, seen, asked }: LessThanSeen): string {
  return say.lessThanSeen({ finding: findingName(finding), seen: fixed(seen, 1), asked: fixed(asked, 1) });
}

/** The heart was wider than asked; undefined: it was not, or nothing was drawn of it. */
export function heartNarrowedFrom({
  drawn = [],
  figures = [],
}: {
  readonly drawn?: Recipe['drawn'] | undefined;
  readonly figures?: Counterfactual['figures'] | undefined;
}): number | undefined {
  const index = drawn.findIndex(({ finding, remove }) => finding === 'cardiomegaly' && remove !== true);
  const { ratioBefore, ratio } = figures[index] ?? {};
  return ratioBefore !== undefined && ratio !== undefined && ratio < ratioBefore ? ratioBefore : undefined;
}

/** Of what was made: what was not there to go, and what became less in place of more. */
export function remarksOnMade({ recipe, figures }: Pick<Counterfactual, 'recipe' | 'figures'>): readonly string[] {
  const ratio = heartNarrowedFrom({ ...recipe, figures });
  return [
    ...(recipe.notFound ?? []).map((finding) => say.notFound({ finding: findingName(finding) })),
    ...(ratio === undefined ? [] : [say.heartNarrowed({ ratio: fixed(ratio, 2) })]),
  ];
}
