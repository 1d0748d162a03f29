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

/** How many of the steps each pass gets, as even as can be; a pass has one at least. */
export function passSteps(steps: number, passes: number): readonly number[] {
  const count = Math.max(1, Math.min(passes, steps));
  return Array.from(
    { length: count },
    (_, k) => Math.floor((steps * (k + 1)) / count) - Math.floor((steps * k) / count),
  );
}
