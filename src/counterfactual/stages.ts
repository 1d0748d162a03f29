/**
 * An edit that both clears and adds is two edits: all that goes first, then all that comes, each with its own cells, focus,
 * guidance and bounds. As one it has one sign of bounds and one focus, and what was to go hardly did (docs/decisions/111-clear-first.md).
 */

import { changeTo, gradeAt } from '../findings/change';
import { knowledgeOf } from '../findings/knowledge';
import { canonicalPlaces } from '../findings/places';
import { ZONES, type Place, type Severity } from '../findings/vocabulary';
import type { Edit } from './edit';
import { asFurther, partsOf } from './parts';
import { asOneOpacity } from './statement';

/** Less opacity than this is the reader's noise: there is nothing to clear. */
const CLEAR: Severity = 0.1;

export interface Stages {
  readonly clearing: Edit;
  readonly adding: Edit;
}

/**
 * Both directions of an edit, or undefined where it has one. A painted mask is of one grade.
 * @param edit as it is to be sampled, its places resolved
 * @param zones severity as read, in ZONES order
 */
export function inStages(edit: Edit, zones: readonly Severity[]): Stages | undefined {
  if (edit.mask !== undefined) return undefined;
  const parts: readonly Edit[] = partsOf(edit);
  const opacity = asOneOpacity(parts);
  const goes = (part: Edit, place: Place): boolean => {
    // Where several findings look like opacity, it is one brightness that comes or goes.
    const asked = gradeAt(opacity !== undefined && knowledgeOf(part.finding).opacityLike ? opacity : part, place);
    return (
      asked === 0 || (opacity !== undefined && knowledgeOf(part.finding).opacityLike && asked < read(zones, place))
    );
  };
  const nothingThere = (part: Edit, place: Place): boolean =>
    knowledgeOf(part.finding).opacityLike && ZONES.some((zone) => zone === place) && read(zones, place) < CLEAR;
  const clearing = together(parts, (part, place) => goes(part, place) && !nothingThere(part, place));
  const adding = together(parts, (part, place) => !goes(part, place));
  return clearing === undefined || adding === undefined ? undefined : { clearing, adding };
}

function read(zones: readonly Severity[], place: Place): Severity {
  return zones[ZONES.findIndex((zone) => zone === place)] ?? 0;
}

/** The places that are meant, of every part that has some, as one edit. */
function together(parts: readonly Edit[], meant: (part: Edit, place: Place) => boolean): Edit | undefined {
  const [first, ...further] = parts.flatMap((part): readonly Edit[] => {
    const severities = Object.fromEntries(
      part.places.filter((place) => meant(part, place)).map((place) => [place, gradeAt(part, place)]),
    );
    const places = canonicalPlaces(Object.keys(severities) as Place[]);
    if (places.length === 0) return [];
    return [changeTo(part.kind, part.finding, severities, places)];
  });
  if (first === undefined || further.length === 0) return first;
  return { ...first, further: further.map(asFurther) };
}
