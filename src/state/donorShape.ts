/** The shape of a donor's opacity: what its film has more than the same film without its opacities. */

import type { Edit, Reading } from '../counterfactual/edit';
import { shapeOf } from '../counterfactual/sketch/airspace/shape';
import { chestOf, type Chest } from '../counterfactual/sketch/chest';
import type { LungShape } from '../findings/lungShape';
import type { Radiograph } from '../imaging/radiograph';
import { toNetworkGrid } from '../imaging/resample';
import { zonesToClear } from './swap';

/** A film, and what is read of it. */
export interface DonorFilm {
  readonly film: Radiograph;
  readonly reading: Reading;
  /** The anatomist's map, [64 x 64 x 8]; absent: read by a release before 0.9.0. */
  readonly probabilities?: Float32Array | undefined;
}

export interface MeasuredShape {
  readonly shape: LungShape;
  /** The film without its opacities. */
  readonly healthy: Radiograph;
  readonly chest: Chest;
}

export type Erase = (edit: Edit, signal: AbortSignal | undefined) => Promise<Radiograph>;

/** Any will do: the coarse difference from the twin hardly depends on the noise. */
export const TWIN_SEED = 1;

/**
 * @param erased makes an edit of the film, whatever it looks like
 * @returns how to learn the shape; undefined where it has no opacity, or its lungs were not found
 */
export function shapeMeasure(
  { film, reading, probabilities }: DonorFilm,
  erased: Erase,
): ((signal: AbortSignal | undefined) => Promise<MeasuredShape | undefined>) | undefined {
  const { width, height } = film;
  const chest = probabilities && chestOf({ probabilities, width, height });
  const places = zonesToClear(reading, []);
  if (chest === undefined || places.length === 0) return undefined;
  return async (signal) => {
    const healthy = await erased({ kind: 'remove', finding: 'lung_opacity', places, severity: 0 }, signal);
    const shape = shapeOf(toNetworkGrid(film), toNetworkGrid(healthy), reading.opacityMap, chest);
    return shape && { shape, healthy, chest };
  };
}
