/** How much a round place stands out from what surrounds it. */

import type { DensityImage } from '../density';

/** Of its radius: the core that is compared, and the ring that it is compared with. */
const CORE = 0.5;
const RING = [1, 1.35] as const;

/** Where a lesion was, in pixels of the film. */
export interface RoundPlace {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Mean density of the core over that of the ring, in shares of the window; 0 where either has no pixel on the film. */
export function contrastOf({ width, height, values }: DensityImage, { x, y, radius }: RoundPlace): number {
  const reach = RING[1] * radius;
  let [core, cores, around, arounds] = [0, 0, 0, 0];
  for (let row = Math.max(0, Math.floor(y - reach)); row <= Math.min(height - 1, Math.ceil(y + reach)); row++) {
    for (
      let column = Math.max(0, Math.floor(x - reach));
      column <= Math.min(width - 1, Math.ceil(x + reach));
      column++
    ) {
      const far = Math.hypot(column - x, row - y) / radius;
      const value = values[row * width + column] ?? 0;
      if (far < CORE) [core, cores] = [core + value, cores + 1];
      else if (far > RING[0] && far < RING[1]) [around, arounds] = [around + value, arounds + 1];
    }
  }
  return cores === 0 || arounds === 0 ? 0 : core / cores - around / arounds;
}

/** Figures of a lesion that was drawn away, as they are on a film that was changed since; others as they are. */
export function contrastAnew(
  figures: Readonly<Record<string, number>>,
  image: () => DensityImage,
): Readonly<Record<string, number>> {
  const { contrastAfter, centreX, centreY, radius } = figures;
  if (contrastAfter === undefined || centreX === undefined || centreY === undefined || radius === undefined)
    return figures;
  const film = image();
  const place = { x: centreX * film.width, y: centreY * film.height, radius: radius * film.width };
  return { ...figures, contrastAfter: contrastOf(film, place) };
}
