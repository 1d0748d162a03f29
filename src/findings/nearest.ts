/** What a user may have meant by an edit that cannot be: the smallest change of it that can. */

import * as say from '../messages/en/findings';
import { capital, listed } from '../messages/numbers';
import { impliedPlaces, implausibility, knowledgeOf, type Implausibility } from './knowledge';
import { canonicalPlaces } from './places';
import { andThe, placesInWords } from './placeWords';
import type { Finding, Place } from './vocabulary';
import { findingName, fullPlaceName } from './words';

export interface PlausibleEdit {
  readonly finding: Finding;
  readonly places: readonly Place[];
  /** What taking it does: "Add the left lower zone". */
  readonly label: string;
}

/** Beside the mediastinum, where a lung finding that was asked for there may have been meant. */
const PERIHILAR: readonly Place[] = ['right_mid', 'left_mid'];

/** Undefined where the edit is plausible, or where nothing near it is. */
export function nearestPlausible(finding: Finding, places: readonly Place[]): PlausibleEdit | undefined {
  if (finding === 'no_finding' || implausibility(finding, places) === undefined) return undefined;
  const { places: possible } = knowledgeOf(finding);
  const kept = places.filter((place) => possible.includes(place));
  const wrong = places.filter((place) => !possible.includes(place));
  if (kept.length === 0) {
    const instead = canonicalPlaces(
      possible.length === 1 ? impliedPlaces(finding, []) : possible.filter((place) => near(place, wrong)),
    );
    return {
      finding,
      places: instead,
      label: say.askInstead({ finding: findingName(finding), places: placesInWords(instead) }),
    };
  }
  const bases = kept.filter((place) => finding === 'effusion' && place.endsWith('_upper')).map(baseOf);
  const next = canonicalPlaces([...kept, ...bases]);
  const added = next.filter((place) => !places.includes(place));
  const parts = listed([
    ...(wrong.length > 0 ? [say.leaveOut({ places: andThe(wrong.map(fullPlaceName)) })] : []),
    ...(added.length > 0 ? [say.addPlaces({ places: andThe(added.map(fullPlaceName)) })] : []),
  ]);
  return { finding, places: next, label: capital(parts) };
}

/** Possible places beside the impossible ones. */
function near(place: Place, wrong: readonly Place[]): boolean {
  if (wrong.includes('mediastinum') && PERIHILAR.includes(place)) return true;
  // The lower zone of the same side, and what lies between the sides.
  return wrong.some((each) => place === baseOf(each)) || (place === 'mediastinum' && !wrong.includes(place));
}

function baseOf(place: Place): Place {
  return place.startsWith('right') ? 'right_lower' : place.startsWith('left') ? 'left_lower' : place;
}

/** The reason, the advice, and the way out in one. */
export function objection(
  finding: Finding,
  places: readonly Place[],
): (Implausibility & { readonly instead: PlausibleEdit | undefined }) | undefined {
  const found = implausibility(finding, places);
  return found === undefined ? undefined : { ...found, instead: nearestPlausible(finding, places) };
}
