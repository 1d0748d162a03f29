/** Several places in a sentence of the screen, by as few names as say it. */

import * as say from '../messages/en/findings';
import type { Words } from '../messages/message';
import { placePhrases } from './places';
import { PLACES, type Place } from './vocabulary';
import { fullPlaceName } from './words';

/** What `placePhrases` calls several zones at once. */
const PHRASES: Readonly<Record<string, Words>> = {
  'bilateral lung': say.bilateralLung,
  'right lung': say.rightLung,
  'left lung': say.leftLung,
  'bilateral upper zone': say.bilateralUpperZone,
  'bilateral mid zone': say.bilateralMidZone,
  'bilateral lower zone': say.bilateralLowerZone,
};

function phraseName(phrase: string): string {
  const single = PLACES.find((place) => placePhrases([place])[0] === phrase);
  return PHRASES[phrase]?.() ?? (single === undefined ? phrase : fullPlaceName(single));
}

/** "right lung and the mediastinum". */
export function placesInWords(places: readonly Place[]): string {
  return andThe(placePhrases(places).map(phraseName));
}

/** "right lower zone and the mediastinum". */
export function andThe(names: readonly string[]): string {
  return names.reduce((first, next) => say.andThe({ first, next }));
}
