/** x* = x + m (D(e) - D(z)) at native size and depth: the original plus only what the two worlds differ by. */

import type { Changes } from '../imaging/difference';
import { enlargedIn } from '../imaging/enlarge';
import { maskReach } from '../imaging/mask';
import { addPresentationResidual } from '../imaging/presentation';
import { GRID_SIZE } from '../imaging/resample';
import type { Mask, Radiograph, StoredPixels } from '../imaging/radiograph';
import type { ImageGrid } from '../networks/typed';

/**
 * Stored values of the counterfactual; where the soft mask is 0 they are the original's.
 * @param before D(z), @param after D(e): [256 x 256] in about [-1, 1]
 */
export function compose(
  radiograph: Radiograph,
  before: ImageGrid,
  after: ImageGrid,
  soft: Mask,
): { readonly pixels: StoredPixels; readonly changes: Changes } {
  // Half: the networks' grey spans 2, presentation spans 1.
  const residual = new Float32Array(after.length);
  for (let i = 0; i < residual.length; i++) residual[i] = ((after[i] as number) - (before[i] as number)) / 2;
  const { width, height } = radiograph;
  const box = maskReach(soft) ?? { x: 0, y: 0, width: 0, height: 0 };
  const native = enlargedIn(residual, GRID_SIZE, GRID_SIZE, width, height, box);
  const { pixels, changed } = addPresentationResidual(radiograph, (y, from, to) => native.row(y, from, to), soft, box);
  return { pixels, changes: { changed, box } };
}

/** The same on the networks' grid, held to [-1, 1]: what a pixel cannot show, no reader shall see. @param mask [256 x 256], 0 to 1 */
export function composeGrid(image: ImageGrid, before: ImageGrid, after: ImageGrid, mask: Float32Array): ImageGrid {
  const grid = new Float32Array(image.length);
  for (let i = 0; i < grid.length; i++) {
    const change = (mask[i] as number) * ((after[i] as number) - (before[i] as number));
    grid[i] = Math.min(1, Math.max(-1, (image[i] as number) + change));
  }
  return grid;
}
