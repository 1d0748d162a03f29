/** Places as the panel names them: as few words as say it, with a small first letter. */

import { ZONES, type Place } from '../../findings/vocabulary';
import { shortPlaceName } from '../../findings/words';
import * as say from '../../messages/en/request';
import { listed, small } from '../../messages/numbers';

const RIGHT = ZONES.filter((zone) => zone.startsWith('right'));
const LEFT = ZONES.filter((zone) => zone.startsWith('left'));

export function placesText(places: readonly Place[]): string {
  if (places.length === 0) return small(say.nowhere());
  if (ZONES.every((zone) => places.includes(zone)))
    return small(places.includes('mediastinum') ? say.bothLungsMediastinum() : say.bothLungs());
  const named = (zones: readonly Place[], name: () => string) =>
    zones.every((zone) => places.includes(zone)) ? [name()] : undefined;
  const right = named(RIGHT, say.rightLung) ?? places.filter((place) => place.startsWith('right')).map(shortPlaceName);
  const left = named(LEFT, say.leftLung) ?? places.filter((place) => place.startsWith('left')).map(shortPlaceName);
  return listed([...right, ...left, ...(places.includes('mediastinum') ? [say.mediastinum()] : [])].map(small));
}
