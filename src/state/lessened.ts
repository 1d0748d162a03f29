/** "Make it smaller" of what the reader sees less of than the grade that would be asked: it would become more. */

import type { Edit } from '../counterfactual/edit';
import { latentMask } from '../counterfactual/latentMask';
import { lessThanSeen, type LessThanSeen } from '../counterfactual/remarks';
import type { FindingChange } from '../findings/change';
import { lessWanted } from '../findings/lessWanted';
import { gradeSeen, type Seen } from '../findings/seen';
import type { Finding } from '../findings/vocabulary';
import type { Mask } from '../imaging/radiograph';

/** The first finding of which the words want less and of which more would be drawn, inside the painted mask where there is one. */
export function wouldGrow(
  words: string,
  asked: readonly FindingChange[],
  reading: Seen,
  mask?: Mask,
): Finding | undefined {
  if (asked.every(({ kind }) => kind !== 'grade')) return undefined;
  const less = lessWanted(words);
  // A heart that lies over an opacity is "the heart" to the words: one finding that is asked alone is meant, whatever its name.
  return asked.find((change) => {
    const { kind, finding, places, severity } = change;
    if (kind !== 'grade' || !(less.has(finding) || (asked.length === 1 && less.size > 0))) return false;
    return severity > gradeSeen(finding, mask === undefined ? { places } : { cells: latentMask(mask) }, reading);
  })?.finding;
}

/** What is asked where more of it is seen, though no word wants less: some of it goes. */
export function lessMeant(words: string, edit: Edit, reading: Seen): LessThanSeen | undefined {
  const less = lessThanSeen(edit, reading);
  const wanted = lessWanted(words);
  // As above: of one finding alone it is meant, whatever its name.
  const isMeant = (finding: Finding): boolean => wanted.has(finding) || (wanted.size > 0 && edit.further === undefined);
  return less === undefined || isMeant(less.finding) ? undefined : less;
}
