/**
 * How near an image comes to one of the training images, in the second reader's features. The release holds those of the
 * training images only as a few rounded numbers each, in no order (docs/decisions/087).
 */

import type { Tensor } from '../engine/tensor';
import { ManifestInvalidError } from './errors';

/** The level that means 0. */
const MIDDLE = 8;
/** Of a byte. */
const LEVELS = 256;

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
    for (let input = 0; input < inputs; input++)
      addRow(out, projection.data, input * dimensions, (features[input] ?? 0) - (mean.data[input] as number));
    return out;
  };
  return {
    nearest: (features) =>
      Math.sqrt(leastSquare(squaresOf(project(features), scale.data), vectors.data, width, images)),
  };
}

function addRow(out: Float32Array, rows: Tensor['data'], from: number, share: number): void {
  for (let k = 0; k < out.length; k++) out[k] = (out[k] as number) + share * (rows[from + k] as number);
}

/** What each byte of each pair of dimensions adds to the square of the distance, [K / 2 x 256]: there are fewer bytes than images. */
function squaresOf(at: Float32Array, scale: Tensor['data']): Float64Array {
  const squares = new Float64Array((at.length / 2) * LEVELS);
  const off = (dimension: number, level: number): number =>
    (at[dimension] as number) - (scale[dimension] as number) * (level - MIDDLE);
  for (let i = 0; i < squares.length; i++) {
    const [pair, byte] = [Math.floor(i / LEVELS), i % LEVELS];
    const [one, other] = [off(2 * pair, byte & 15), off(2 * pair + 1, byte >> 4)];
    squares[i] = one * one + other * other;
  }
  return squares;
}

function leastSquare(squares: Float64Array, vectors: Tensor['data'], width: number, images: number): number {
  let least = Infinity;
  for (let image = 0, first = 0; image < images; image++, first += width) {
    let square = 0;
    for (let pair = 0; pair < width && square < least; pair++)
      square += squares[pair * LEVELS + (vectors[first + pair] as number)] as number;
    least = Math.min(least, square);
  }
  return least;
}
