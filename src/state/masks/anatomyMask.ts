/** Parts of the anatomy that can become a mask, as the anatomist sees them. */

import { ZONES, type Place } from '../../findings/vocabulary';

export interface AnatomyPart {
  /** Stable. */
  readonly id: string;
  readonly name: string;
  readonly places: readonly Place[];
}

const RIGHT = ZONES.filter((zone) => zone.startsWith('right'));
const LEFT = ZONES.filter((zone) => zone.startsWith('left'));
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The patient's right first, as it lies in the picture. */
export const ANATOMY: readonly AnatomyPart[] = [
  { id: 'lungs', name: 'Both lungs', places: ZONES },
  { id: 'right-lung', name: 'Right lung', places: RIGHT },
  { id: 'left-lung', name: 'Left lung', places: LEFT },
  { id: 'heart', name: 'Heart', places: ['mediastinum'] },
  ...ZONES.map((zone): AnatomyPart => ({ id: zone, name: `${capitalised(zone.replace('_', ' '))} zone`, places: [zone] })),
];
