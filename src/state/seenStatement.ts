/** What the reader calls in a radiograph, as a statement: what words like "make it worse" and a pasted report are held against. */

import type { Reading } from '../counterfactual/edit';
import { placesOf } from '../findings/combinations';
import type { Statement, StatementItem } from '../findings/statement';
import type { Finding } from '../findings/vocabulary';
import { travellingFindings } from './swap';

/**
 * One item a place and grade; a finding that is read of the whole image has no place. Other names for the lungs' opacity are left
 * out where opacity itself is called.
 * @returns undefined while nothing is read
 */
export function seenStatement(
  reading: Reading | undefined,
  thresholds: Readonly<Partial<Record<Finding, number>>> = {},
): Statement | undefined {
  if (reading === undefined) return undefined;
  const items = travellingFindings(reading, thresholds)
    .filter(({ finding, placed }) => !placed || finding === 'lung_opacity')
    .flatMap(({ finding, severities, placed }): readonly StatementItem[] => {
      const certainty = 'certain' as const;
      if (!placed) return [{ finding, places: [], severity: Math.max(...Object.values(severities)), certainty }];
      return placesOf({ severities }).map((place) => ({
        finding,
        places: [place],
        severity: severities[place] ?? 0,
        certainty,
      }));
    });
  return { items };
}
