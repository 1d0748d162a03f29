/** The swap matrix: several patients with the findings of several donors, a cell each. Pure. */

import { changeOf, changeTo, gradeAt } from '../findings/change';
import type { Counterfactual, Edit, Reading } from '../counterfactual/edit';
import { canonicalEdit } from '../findings/editText';
import { placesOf } from '../findings/combinations';
import { knowledgeOf } from '../findings/knowledge';
import type { Pathology } from '../findings/pathology';
import { ZONES, type Finding } from '../findings/vocabulary';
import { swapped, travelsByItself, withPathology, type TravellingFinding } from './swap';

/** Rows and columns at most. */
export const MATRIX_SIZE = 3;
/** A zone is as asked when the second reader grades it this near: between two grades, but not across one. */
const NEAR = 0.75;

/**
 * What the donor's reader calls, in place of the recipient's opacities; undefined when there is nothing to bring or to clear.
 * @param meant travel though they are other names for opacity
 * @param clear the recipient's own opacities go where the donor has none
 */
export function matrixEdit(
  recipient: Pick<Reading, 'zoneSeverity'>,
  donor: readonly TravellingFinding[],
  pathology?: Pathology,
  { meant = [], clear = true }: { readonly meant?: readonly Finding[]; readonly clear?: boolean } = {},
): Edit | undefined {
  const travelling = donor
    .filter((each) => travelsByItself(each) || meant.includes(each.finding))
    .map(({ finding, severities }) => withPathology({ finding, severities }, pathology));
  const { findings, refusal } = swapped(travelling, recipient, [], { clear, go: [] });
  const [first, ...further] = findings;
  if (first === undefined || refusal !== undefined) return undefined;
  const { finding, severities, sketch } = first;
  const written = canonicalEdit(changeTo('add', finding, severities, placesOf(first)));
  // A pathology has no words.
  const edit: Edit =
    sketch === undefined ? written : changeOf({ ...written, sketch: { ...written.sketch, ...sketch } });
  return further.length === 0 ? edit : { ...edit, further };
}

/** In how many of the six zones the second reader grades the result as was asked, or as before where nothing was. */
export function zonesAsAsked({
  before,
  after,
  recipe: { edit },
}: Pick<Counterfactual, 'before' | 'after' | 'recipe'>): number {
  const opaque = knowledgeOf(edit.finding).opacityLike;
  return ZONES.filter((zone, index) => {
    const asked = opaque && edit.places.includes(zone) ? gradeAt(edit, zone) : before.zoneSeverity[index];
    return Math.abs((after.zoneSeverity[index] ?? 0) - (asked ?? 0)) <= NEAR;
  }).length;
}
