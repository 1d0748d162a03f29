/** Four pixels as two halves of two doubles each. */

import { bits, f64x2, shuffle, splatDouble, type V128 } from '../../assembler/instructions';
import type { Lines } from '../../assembler/lines';

/** Both halves' floats in one. */
export const joined = (low: V128, high: V128): V128 => shuffle(low, high, [0, 1, 4, 5]);
export const upper = (x: V128): V128 => shuffle(x, x, [2, 3, 2, 3]);

/** Added to a small whole number it leaves that number in the lower half of the double's bits. */
export const WHOLE = 2 ** 52 + 2 ** 51;
/** Of two halves of whole numbers, WHOLE added to each: four words. */
export const words = (low: V128, high: V128): V128 => shuffle(low, high, [0, 2, 4, 6]);

/** As Math.round: a half goes up. */
export function rounded(lines: Lines, x: V128): V128 {
  const own = lines.let(x);
  const floor = lines.let(f64x2.floor(own));
  const up = bits.and(f64x2.atLeast(f64x2.subtract(own, floor), splatDouble(0.5)), splatDouble(1));
  return f64x2.add(floor, up);
}
