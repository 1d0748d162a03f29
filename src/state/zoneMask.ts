/** Places as the anatomist sees them, as a mask at the radiograph's size. */

import type { Place } from '../findings/vocabulary';
import { gridToMask, isMaskEmpty, unionMasks } from '../imaging/mask';
import type { Mask, Radiograph } from '../imaging/radiograph';
import type { Analysis } from '../worker/messages';

const LATENT_SIZE = 32;
const INSIDE = 0.5;

/**
 * The places together: where two of them meet, each has half of the probability.
 * @param painted is kept and joined
 * @returns undefined where the places are not found in the picture
 */
export function maskOfPlaces(
  { zones }: Pick<Analysis, 'zones'>,
  places: readonly Place[],
  { width, height }: Pick<Radiograph, 'width' | 'height'>,
  painted?: Mask,
): Mask | undefined {
  const together = new Float32Array(LATENT_SIZE * LATENT_SIZE).map((_, cell) =>
    places.reduce((sum, place) => sum + (zones[place][cell] ?? 0), 0),
  );
  const mask = gridToMask(together, LATENT_SIZE, width, height, INSIDE);
  if (isMaskEmpty(mask)) return undefined;
  return painted === undefined ? mask : unionMasks(painted, mask);
}
