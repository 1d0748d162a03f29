/** Comparisons of many values at once: an assertion a value would make the tests slow. */

/** How many values differ; a difference in length or kind of array counts as one more. */
export function countDifferences(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = a.length === b.length && a.constructor === b.constructor ? 0 : 1;
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) count++;
  return count;
}

/** The largest distance between corresponding values; infinite when lengths differ or a value is NaN. */
export function worstError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const error = Math.abs((a[i] as number) - (b[i] as number));
    if (!(error <= worst)) worst = Number.isNaN(error) ? Infinity : error;
  }
  return worst;
}
