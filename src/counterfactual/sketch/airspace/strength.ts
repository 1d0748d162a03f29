/**
 * What is asked is the share of the air in the asked zones that is replaced, as `measure/fill.ts` reads it off the film. A filling
 * is less than its own strength: it fades toward the zone's border and the chest wall, and ribs and vessels were dense before.
 * How much of a strength is read was measured (`node bench/tail.mjs`); this is the way back.
 */

import type { SketchAmount } from '../sketch';

/** Strengths that read as `min`, the four grades and `max` of the quantity, ascending. */
export type Strengths = readonly [number, number, number, number, number, number];

/** The strength of a filling that reads as `amount`; linear between. */
export function strengthOf({ min, max, bySeverity }: SketchAmount, strengths: Strengths, amount: number): number {
  const read = [min, ...bySeverity, max];
  let low = 0;
  while (low < read.length - 2 && amount > (read[low + 1] as number)) low++;
  const [from, to] = [read[low] as number, read[low + 1] as number];
  const [weak, strong] = [strengths[low] as number, strengths[low + 1] as number];
  return weak + (strong - weak) * Math.min(1, Math.max(0, (amount - from) / (to - from)));
}
