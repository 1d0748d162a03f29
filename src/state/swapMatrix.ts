/** The swap matrix: several patients with the opacities of several donors, a cell each. Pure. */

import type { Counterfactual, Edit, Reading } from '../counterfactual/edit';
import { canonicalEdit } from '../findings/editText';
import { PLACES, ZONES } from '../findings/vocabulary';
import { borrowed, travellingFindings } from './swap';

/** Rows and columns at most. */
export const MATRIX_SIZE = 3;
/** A zone is as asked when the second reader grades it this near: between two grades, but not across one. */
const NEAR = 0.75;

/** The donor's opacities in place of the recipient's; undefined when neither has any. */
export function matrixEdit(recipient: Pick<Reading, 'zoneSeverity'>, donor: Reading): Edit | undefined {
  const opacity = travellingFindings(donor, {}).find(({ finding }) => finding === 'lung_opacity') ?? { finding: 'lung_opacity', severities: {} };
  const severities = borrowed(opacity, [...ZONES], recipient, true);
  const places = PLACES.filter((place) => severities[place] !== undefined);
  if (places.length === 0) return undefined;
  return canonicalEdit({ kind: 'add', finding: 'lung_opacity', places, severity: Math.max(...Object.values(severities)), severities });
}

/** In how many of the six zones the second reader grades the result as was asked, or as before where nothing was. */
export function zonesAsAsked({ before, after, recipe: { edit } }: Pick<Counterfactual, 'before' | 'after' | 'recipe'>): number {
  return ZONES.filter((zone, index) => {
    const asked = edit.places.includes(zone) ? (edit.severities?.[zone] ?? edit.severity) : before.zoneSeverity[index];
    return Math.abs((after.zoneSeverity[index] ?? 0) - (asked ?? 0)) <= NEAR;
  }).length;
}
