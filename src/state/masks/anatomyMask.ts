/** Parts of the anatomy that can become a mask, as the anatomist sees them. */

import { fullPlaceName } from '../../findings/words';
import { ZONES, type Place } from '../../findings/vocabulary';
import * as say from '../../messages/en/findings';
import { capital } from '../../messages/numbers';

export interface AnatomyPart {
  /** Stable. */
  readonly id: string;
  readonly name: () => string;
  readonly places: readonly Place[];
}

const RIGHT = ZONES.filter((zone) => zone.startsWith('right'));
const LEFT = ZONES.filter((zone) => zone.startsWith('left'));

/** The patient's right first, as it lies in the picture. */
export const ANATOMY: readonly AnatomyPart[] = [
  { id: 'lungs', name: say.bothLungs, places: ZONES },
  { id: 'right-lung', name: say.rightLung, places: RIGHT },
  { id: 'left-lung', name: say.leftLung, places: LEFT },
  { id: 'heart', name: say.heart, places: ['mediastinum'] },
  ...ZONES.map((zone): AnatomyPart => ({ id: zone, name: () => fullPlaceName(zone), places: [zone] })),
];

/** As the name of a mask: "Both lungs". */
export function anatomyName({ name }: AnatomyPart): string {
  return capital(name());
}
