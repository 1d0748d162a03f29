/** Places as the anatomist sees them, as an outline or as a mask at the radiograph's size. */

import { softPlaces } from '../counterfactual/softPlaces';
import { PLACES, ZONES, type Place } from '../findings/vocabulary';
import { unionMasks } from '../imaging/mask';
import type { Mask, Radiograph } from '../imaging/radiograph';
import { resizeBicubic } from '../imaging/resample';
import { contours, type Loop } from '../viewport/geometry/contour';
import type { Analysis } from '../counterfactual/analysis';

const LATENT_SIZE = 32;
const INSIDE = 0.5;
/** Of 255: a place of which no pixel belongs to it by half is not in the picture. */
const MOSTLY = 128;
/** Share of a cell from which a point in it is meant for the place. */
const NEAR = 0.1;
/** Side of the field that an outline is traced on. */
const FIELD = 256;

type Zones = Pick<Analysis, 'zones'>;

/** The places together: where two of them meet, each has half of the probability. */
function together({ zones }: Zones, places: readonly Place[]): Float32Array {
  return new Float32Array(LATENT_SIZE * LATENT_SIZE).map((_, cell) =>
    Math.min(
      1,
      places.reduce((sum, place) => sum + (zones[place][cell] ?? 0), 0),
    ),
  );
}

/** Closed loops in [0, 1] across the image: for the screen, where a mask of millions of pixels would be made only to be traced. */
export function outlineOfPlaces(analysis: Zones, places: readonly Place[]): readonly Loop[] {
  const data = resizeBicubic(together(analysis, places), LATENT_SIZE, LATENT_SIZE, FIELD, FIELD);
  return contours({ width: FIELD, height: FIELD, data }, INSIDE).map((loop) => loop.map((value) => value / FIELD));
}

/**
 * Soft, as a named zone is when it is edited without a mask (counterfactual/softPlaces): it follows the lung's border and fades
 * into the zones beside it.
 * @param painted is kept and joined
 * @returns undefined where the places are not found in the picture
 */
export function maskOfPlaces(
  analysis: Zones,
  places: readonly Place[],
  { width, height }: Pick<Radiograph, 'width' | 'height'>,
  painted?: Mask,
): Mask | undefined {
  const own = together(analysis, places);
  const inLungs = places.every((place) => ZONES.some((zone) => zone === place));
  const mask = softPlaces(own, inLungs ? together(analysis, ZONES) : own, width, height);
  if (!mask.data.some((value) => value >= MOSTLY)) return undefined;
  return painted === undefined ? mask : unionMasks(painted, mask);
}

/** The place that most of a point belongs to; undefined where it lies in none. @param at fractions of the image */
export function zoneAt({ zones }: Zones, { x, y }: { readonly x: number; readonly y: number }): Place | undefined {
  const cell = (share: number): number => Math.min(LATENT_SIZE - 1, Math.max(0, Math.floor(share * LATENT_SIZE)));
  const at = cell(y) * LATENT_SIZE + cell(x);
  const [place, share] = PLACES.map((each) => [each, zones[each][at] ?? 0] as const).reduce((most, each) =>
    each[1] > most[1] ? each : most,
  );
  return share > NEAR ? place : undefined;
}
