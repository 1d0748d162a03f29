/** How far an edit is that samples first and harmonises drawings after: one count over all of it. */

import type { DrawnFinding } from '../edit';

export interface StepCounter {
  /** Of all steps, after so many of the sampler's. */
  fraction(sampled: number): number;
  /** After so many steps of a drawing's harmonising. */
  drawing(index: number, step: number): number;
}

export function stepCounter(sampled: number, drawn: readonly DrawnFinding[]): StepCounter {
  // A drawing that is left as it is counts as one step.
  const own = drawn.map(({ harmonised }) => harmonised?.steps ?? 1);
  const before = (index: number): number => sampled + own.slice(0, index).reduce((sum, steps) => sum + steps, 0);
  const total = Math.max(1, before(own.length));
  return { fraction: (step) => step / total, drawing: (index, step) => (before(index) + step) / total };
}
