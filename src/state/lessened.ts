/** "Make it smaller" of what the reader sees less of than the grade that would be asked: it would become more. */

import type { Edit, Reading } from '../counterfactual/edit';
import { direction } from '../findings/editIdioms';
import { knowledgeOf } from '../findings/knowledge';
import { matchSentences } from '../findings/match';
import { ZONES } from '../findings/vocabulary';

/** What a finding counts as that the reader is certain of, as where edits are made. */
const MOST_PRESENT = 2;

/** Of one finding that is to become less, by its words, and not painted. */
export function wouldGrow(
  words: string,
  { kind, finding, places, severity }: Pick<Edit, 'kind' | 'finding' | 'places' | 'severity'>,
  { findings, zoneSeverity }: Pick<Reading, 'findings' | 'zoneSeverity'>,
): boolean {
  if (kind !== 'grade' || !matchSentences(words).some((sentence) => direction(sentence) === 'less')) return false;
  const present = knowledgeOf(finding).opacityLike
    ? Math.max(0, ...places.map((place) => zoneSeverity[ZONES.findIndex((zone) => zone === place)] ?? 0))
    : MOST_PRESENT * findings[finding];
  return severity > present;
}
