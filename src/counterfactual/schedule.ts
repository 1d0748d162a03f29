/** Times of the integration, from the start down to 0. */

/**
 * steps + 1 falling times from `start` to 0: start x s u / (1 + (s - 1) u) for u from 1 to 0 in equal parts.
 * @param shift 1 is uniform; more puts more steps near the start, where layout is decided
 */
export function sampleTimes(steps: number, start: number, shift = 1): readonly number[] {
  return Array.from({ length: steps + 1 }, (_, index) => {
    const u = 1 - index / steps;
    return (start * shift * u) / (1 + (shift - 1) * u);
  });
}
