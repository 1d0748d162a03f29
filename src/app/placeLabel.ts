import type { Place } from '../findings/vocabulary';
import { shortPlaceName } from '../findings/words';
import { capital } from '../messages/numbers';

/** "Right upper", "Mediastinum". */
export function placeLabel(place: Place): string {
  return capital(shortPlaceName(place));
}
