/** Where to write a region's name: inside it, as central as its shape allows. */

import type { SampledMap } from './contour';
import type { Point } from './view-transform';

/**
 * The sample inside the region (map >= level) that lies nearest to the region's centroid, in sample coordinates;
 * undefined when the region is empty. For a convex region that is the centroid itself, to half a sample; for a sickle it
 * stays inside, where the centroid would not.
 */
export function labelPoint(map: SampledMap, level: number): Point | undefined {
  let [sum, sumX, sumY] = [0, 0, 0];
  forEachInside(map, level, (x, y, weight) => {
    sum += weight;
    sumX += weight * x;
    sumY += weight * y;
  });
  if (sum === 0) return undefined;
  const centroid = { x: sumX / sum, y: sumY / sum };
  let nearest: Point | undefined;
  let least = Infinity;
  forEachInside(map, level, (x, y) => {
    const distance = (x - centroid.x) ** 2 + (y - centroid.y) ** 2;
    if (distance < least) [least, nearest] = [distance, { x, y }];
  });
  return least <= 0.5 ? centroid : nearest;
}

function forEachInside(map: SampledMap, level: number, visit: (x: number, y: number, weight: number) => void): void {
  map.data.forEach((value, index) => {
    if (value >= level) visit((index % map.width) + 0.5, Math.floor(index / map.width) + 0.5, value);
  });
}
