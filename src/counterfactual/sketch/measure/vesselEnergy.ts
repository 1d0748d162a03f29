/** The fine structure of a film that does not run along the ribs: vessels, and lines. */

import type { Chest } from '../chest';
import type { DensityImage } from '../density';
import { blurredValues, type Field } from '../field';
import { layersOf } from '../pleura/layers';
import { ribDetail } from '../pleura/ribs';

export interface VesselEnergy {
  readonly film: Field;
  /** What is narrow and no rib, from about 1 mm, and its square, on the working grid. */
  readonly vessels: Field;
  readonly energy: Field;
}

export function vesselEnergy(image: DensityImage, chest: Chest): VesselEnergy {
  const layers = layersOf(image, chest);
  const { film, broad, cellsPerMm } = layers;
  const { width, height } = film;
  const ribs = ribDetail(layers, { x: 0, y: 0, width, height });
  const rest = film.data.map((value, cell) => value - (broad.data[cell] as number) - (ribs.data[cell] as number));
  // Grain is finer than a millimetre: it would count as structure where there is none.
  const smooth = blurredValues(rest, width, height, 0.7 * cellsPerMm[0], 0.7 * cellsPerMm[1]);
  return {
    film,
    vessels: { width, height, data: smooth },
    energy: { width, height, data: smooth.map((value) => value * value) },
  };
}
