/** Places as the panel names them: as few words as say it. */

import { ZONES, type Place } from '../../findings/vocabulary';
import * as say from '../../messages/en/request';
import { listed } from '../../messages/numbers';
import { placeLabel } from '../placeLabel';

const RIGHT = ZONES.filter((zone) => zone.startsWith('right'));
const LEFT = ZONES.filter((zone) => zone.startsWith('left'));

export function placesText(places: readonly Place[]): string {
  if (places.length === 0) return say.nowhere();
  if (ZONES.every((zone) => places.includes(zone))) return places.includes('mediastinum') ? say.bothLungsMediastinum() : say.bothLungs();
  const named = (zones: readonly Place[], name: () => string) => (zones.every((zone) => places.includes(zone)) ? [name()] : undefined);
  const right = named(RIGHT, say.rightLung) ?? places.filter((place) => place.startsWith('right')).map(placeLabel);
  const left = named(LEFT, say.leftLung) ?? places.filter((place) => place.startsWith('left')).map(placeLabel);
  return listed([...right, ...left, ...(places.includes('mediastinum') ? [say.mediastinum()] : [])]);
}
