/** The anatomist's zones as layers for the viewer. */

import { PLACES } from '../../findings/vocabulary';
import type { RadiographViewport } from '../../viewport/viewport';
import type { Analysis } from '../../counterfactual/analysis';
import { placeLabel } from '../placeLabel';

type Layers = NonNullable<Parameters<RadiographViewport['setOverlay']>[0]>;

const LATENT_SIZE = 32;

export function zoneLayers({ zones }: Analysis): Layers {
  return PLACES.map((place) => ({ label: placeLabel(place), map: zones[place], size: LATENT_SIZE }));
}
