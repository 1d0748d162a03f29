/** Places as the anatomist sees them, as a mask at the radiograph's size. */

import type { Place } from '../findings/vocabulary';
import { gridToMask, unionMasks } from '../imaging/mask';
import type { Mask, Radiograph } from '../imaging/radiograph';
import type { Analysis } from '../worker/messages';

const LATENT_SIZE = 32;
const INSIDE = 0.5;

/** @param painted is kept and joined */
export function maskOfPlaces(
  { zones }: Pick<Analysis, 'zones'>,
  places: readonly Place[],
  { width, height }: Pick<Radiograph, 'width' | 'height'>,
  painted?: Mask,
): Mask | undefined {
  const masks = places.map((place) => gridToMask(zones[place], LATENT_SIZE, width, height, INSIDE));
  return masks.length === 0 ? painted : unionMasks(...(painted === undefined ? masks : [painted, ...masks]));
}
