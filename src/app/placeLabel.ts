import type { Place } from '../findings/vocabulary';

/** "Right upper", "Mediastinum". */
export function placeLabel(place: Place): string {
  const words = place.replace('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
