/**
 * What is to go and is not there. The denoiser, told that edema is gone from clear lungs, makes them darker than lungs are; so what
 * the reader does not see is left alone, and where nothing else is asked the edit says so, as the drawing away of fluid does.
 */

import { isRemoval } from '../findings/change';
import { impliedPlaces, knowledgeOf } from '../findings/knowledge';
import { ZONES, type Place, type Severity } from '../findings/vocabulary';
import { UNCALIBRATED } from '../networks/calibration';
import type { FindingCurves } from '../networks/manifest';
import type { Edit, Reading, Way } from './edit';
import { NothingToRemoveError } from './errors';
import { partsOf, withParts } from './parts';
import type { Networks, Source } from './source';

/** Opacity from which there is something of a kind of opacity to take away: half of mild is within what clear lungs are read as. */
const LEAST_PRESENT: Severity = 0.5;

/**
 * Of the probability from which a finding is called, the share from which an effusion may be there: from a half on one of the
 * readers sees each of 32 that are found on real films, and neither does on 21 of 25 clear ones (docs/decisions/208).
 */
const MAY_BE = 0.5;

/**
 * Whether any effusion may be there to go: one of the readers sees one, or it is painted, or nobody asks. The second reader judges, and
 * so is only asked where the first sees none.
 * @param way what the denoiser shall do by name is not asked about
 */
export async function mayShowEffusion(
  edit: Edit,
  way: Way,
  source: Pick<Source, 'reading' | 'judged'>,
  { manifest }: Pick<Networks, 'manifest'>,
  signal?: AbortSignal,
): Promise<boolean> {
  const goes = partsOf<Edit>(edit).some((part) => part.finding === 'effusion' && isRemoval(part));
  if (!goes || edit.mask !== undefined || way === 'twin-flow' || way === 'inpaint') return true;
  const { reader, 'second-reader': second } = manifest.calibration;
  const sees = ({ findings }: Reading, curves: FindingCurves): boolean =>
    findings.effusion >= MAY_BE * (curves.effusion ?? UNCALIBRATED).threshold;
  return sees(source.reading, reader) || sees(await source.judged(signal), second);
}

/**
 * The edit without removals of kinds of opacity that no place shows, and of an effusion that neither reader sees. A painted mask is
 * the user's word that something is there; opacity itself is asked by grades, and asks nothing where there is none; of what is no
 * opacity the readers tell too little.
 * @param image as a message names it @param mayBeEffusion of `mayShowEffusion`
 * @throws NothingToRemoveError where nothing is left to ask
 */
export function withoutAbsent(
  edit: Edit,
  { zoneSeverity }: Pick<Reading, 'zoneSeverity'>,
  image: string,
  mayBeEffusion: boolean,
): Edit {
  if (edit.mask !== undefined) return edit;
  const placesOf = (part: Edit): readonly Place[] => impliedPlaces(part.finding, part.places);
  const seen = (part: Edit): boolean =>
    placesOf(part).some((place) => {
      const zone = ZONES.findIndex((each) => each === place);
      return (zoneSeverity[zone] ?? 0) >= LEAST_PRESENT;
    });
  const isAbsent = (part: Edit): boolean => {
    if (!isRemoval(part) || part.finding === 'lung_opacity') return false;
    if (part.finding === 'effusion') return !mayBeEffusion;
    return knowledgeOf(part.finding).opacityLike && placesOf(part).length > 0 && !seen(part);
  };
  const left = withParts(edit, (part) => !isAbsent(part));
  if (left === undefined) throw new NothingToRemoveError(image, edit.finding);
  return left;
}
