/** An edit that is likely to work on what was read: what the words line proposes, and what a visitor is shown first. */

import type { FindingChange } from '../findings/change';
import { formatEdits } from '../findings/editText';
import { ZONES, type Zone } from '../findings/vocabulary';

/** From this grade on there is something to erase. */
const MILD = 1;

/** Clear lungs: added opacity is clearest to the readers in the mid zones, and at the left it is mistaken for nothing else. */
const ADDED: FindingChange = { kind: 'add', finding: 'lung_opacity', places: ['left_mid'], severity: 3 };

const sideOf = (zone: Zone): string => zone.replace(/_.*/, '');

/** @param zoneSeverity grades 0 to 3 in the order of ZONES; undefined while nothing is read */
export function suggestedWords(zoneSeverity: readonly number[] | undefined): string {
  const grades = zoneSeverity ?? [];
  const worst = grades.indexOf(Math.max(...grades));
  const zone = ZONES[worst];
  if (zone === undefined || (grades[worst] ?? 0) < MILD) return formatEdits([ADDED]);
  const places = ZONES.filter((each) => sideOf(each) === worstSide(grades));
  return formatEdits([{ kind: 'remove', finding: 'lung_opacity', places, severity: 0 }]);
}

/** The lung with more opacity in all. */
function worstSide(grades: readonly number[]): string {
  const sum = (side: string) =>
    ZONES.reduce((total, zone, index) => total + (sideOf(zone) === side ? (grades[index] ?? 0) : 0), 0);
  return sum('left') > sum('right') ? 'left' : 'right';
}
