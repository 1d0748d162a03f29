/**
 * How near an image comes to one of the training images, in the second reader's features. The release holds those of the
 * training images only as a few rounded numbers each, in no order (docs/decisions/087).
 */

import type { Tensor } from '../engine/tensor';
import { ManifestInvalidError } from './errors';

/** The level that means 0. */
const MIDDLE = 8;

export interface Neighbours {
  /** Distance from an image's features to those of the nearest training image, in standard deviations of the training images. */
  nearest(features: Float32Array): number;
}

/**
 * @param tensors mean [D], projection [D, K], scale [K], vectors [N, K / 2]: a byte has two levels,
 * the first in its lower half; a training image is at (level - 8) x scale, another one at (features - mean) projected
 * @param name of the file, for messages
 * @throws ManifestInvalidError where the shapes do not fit together
 */
export function createNeighbours(tensors: ReadonlyMap<string, Tensor>, name: string): Neighbours {
  const [mean, projection, scale, vectors] = ['mean', 'projection', 'scale', 'vectors'].map((key) => tensors.get(key));
  const inputs = mean?.shape[0] ?? 0;
  const dimensions = scale?.shape[0] ?? 0;
  const images = vectors?.shape[0] ?? 0;
  const width = dimensions / 2;
  const fits = projection?.data.length === inputs * dimensions && vectors?.data.length === images * width;
  if (mean === undefined || scale === undefined || !fits || images * dimensions === 0) {
    throw new ManifestInvalidError(`${name} does not hold what tells near images from far ones`);
  }
  const project = (features: Float32Array): Float32Array => {
    const out = new Float32Array(dimensions);
    features.forEach((value, input) => {
      const centred = value - (mean.data[input] ?? 0);
      for (let k = 0; k < dimensions; k++)
        out[k] = (out[k] ?? 0) + centred * (projection.data[input * dimensions + k] ?? 0);
    });
    return out;
  };
  return {
    nearest(features) {
      const at = project(features);
      let least = Infinity;
      for (let image = 0; image < images; image++) {
        let square = 0;
        for (let pair = 0; pair < width && square < least; pair++) {
          const levels = vectors.data[image * width + pair] ?? 0;
          const one = (at[2 * pair] ?? 0) - (scale.data[2 * pair] ?? 0) * ((levels & 15) - MIDDLE);
          const other = (at[2 * pair + 1] ?? 0) - (scale.data[2 * pair + 1] ?? 0) * ((levels >> 4) - MIDDLE);
          square += one * one + other * other;
        }
        least = Math.min(least, square);
      }
      return Math.sqrt(least);
    },
  };
}
