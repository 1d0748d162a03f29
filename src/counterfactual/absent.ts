/**
 * What is to go and is not there. The denoiser, told that edema is gone from clear lungs, makes them darker than lungs are; so what
 * the reader does not see is left alone, and where nothing else is asked the edit says so, as the drawing away of fluid does.
 */

import { isRemoval } from '../findings/change';
import { impliedPlaces, knowledgeOf } from '../findings/knowledge';
import { ZONES, type Place, type Severity } from '../findings/vocabulary';
import type { Edit, Reading } from './edit';
import { NothingToRemoveError } from './errors';
import { withParts } from './parts';

/** Opacity from which there is something of a kind of opacity to take away: half of mild is within what clear lungs are read as. */
const LEAST_PRESENT: Severity = 0.5;

/**
 * The edit without removals of kinds of opacity that no place shows. A painted mask is the user's word that something is there;
 * opacity itself is asked by grades, and asks nothing where there is none; of what is no opacity the reader tells too little.
 * @param image as a message names it
 * @throws NothingToRemoveError where nothing is left to ask
 */
export function withoutAbsent(edit: Edit, { zoneSeverity }: Pick<Reading, 'zoneSeverity'>, image: string): Edit {
  if (edit.mask !== undefined) return edit;
  const placesOf = (part: Edit): readonly Place[] => impliedPlaces(part.finding, part.places);
  const seen = (part: Edit): boolean =>
    placesOf(part).some((place) => {
      const zone = ZONES.findIndex((each) => each === place);
      return (zoneSeverity[zone] ?? 0) >= LEAST_PRESENT;
    });
  const isAbsent = (part: Edit): boolean =>
    isRemoval(part) && part.finding !== 'lung_opacity' && knowledgeOf(part.finding).opacityLike && !seen(part);
  const left = withParts(edit, (part) => placesOf(part).length === 0 || !isAbsent(part));
  if (left === undefined) throw new NothingToRemoveError(image, edit.finding);
  return left;
}
