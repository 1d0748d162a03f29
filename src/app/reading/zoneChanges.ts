/** Opacity of the zones before and after, for words. */

import { ZONES, type Place, type Zone } from '../../findings/vocabulary';
import { severityWord } from '../../findings/words';
import * as say from '../../messages/en/reading';

export interface ZoneChange {
  readonly zone: Zone;
  readonly before: number;
  readonly after: number;
}

/** Grades of the second reader differ by less than this between two pictures that look alike. */
const NOTICEABLE = 0.25;

/** The asked zones, then every other zone that moved noticeably, the largest change first. Grades 0 to 3 in the order of ZONES. */
export function zoneChanges(
  before: readonly number[],
  after: readonly number[],
  asked: readonly Place[],
): readonly ZoneChange[] {
  const isAsked = ({ zone }: ZoneChange): boolean => asked.includes(zone);
  const size = (change: ZoneChange): number => Math.abs(change.after - change.before);
  return ZONES.map((zone, index) => ({ zone, before: before[index] ?? 0, after: after[index] ?? 0 }))
    .filter((change) => isAsked(change) || size(change) >= NOTICEABLE)
    .sort((a, b) => Number(isAsked(b)) - Number(isAsked(a)) || size(b) - size(a));
}

/** "absent, now moderate"; "still mild"; "mild, a little more". */
export function changeInWords({ before, after }: ZoneChange): string {
  const from = severityWord(before);
  const to = severityWord(after);
  // Two sides of a grade's border may look alike.
  if (Math.abs(after - before) < NOTICEABLE) return from === to ? say.still({ grade: to }) : say.between({ from, to });
  if (from !== to) return say.now({ from, to });
  return (after > before ? say.more : say.less)({ grade: to });
}
