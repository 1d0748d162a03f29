/** How far an edit is that draws away, then samples, then draws what comes: one count over all of it. */

import type { DrawnFinding } from '../edit';

export interface StepCounter {
  /** Of all steps, after so many of the sampler's. */
  fraction(sampled: number): number;
  /** After so many steps of a drawing's harmonising. */
  drawing(index: number, step: number): number;
}

/** Whether a drawing is harmonised together with the one before it: neither waits for steps of its own. */
export function goWith(before: DrawnFinding, after: DrawnFinding): boolean {
  const [one, other] = [before.harmonised, after.harmonised];
  if (before.taken !== undefined && after.taken !== undefined)
    return before.taken.cells === after.taken.cells && before.taken.values === after.taken.values;
  return (
    before.finding === after.finding &&
    before.remove === after.remove &&
    before.pathology?.tokens === after.pathology?.tokens &&
    before.pathology?.scale === after.pathology?.scale &&
    one !== undefined &&
    other !== undefined &&
    one.from === other.from &&
    one.steps === other.steps &&
    one.guidance === other.guidance
  );
}

/** @param going how many of the drawings come before what is sampled */
export function stepCounter(sampled: number, drawn: readonly DrawnFinding[], going = 0): StepCounter {
  // A drawing that is left as it is counts as one step; of those that go together the first counts for all.
  const own = drawn.map((each, index) => {
    const before = drawn[index - 1];
    return before !== undefined && goWith(before, each) ? 0 : (each.harmonised?.steps ?? 1);
  });
  const ofDrawings = (index: number): number => own.slice(0, index).reduce((sum, steps) => sum + steps, 0);
  const before = (index: number): number => (index < going ? 0 : sampled) + ofDrawings(index);
  const total = Math.max(1, sampled + ofDrawings(own.length));
  return {
    fraction: (step) => (ofDrawings(going) + step) / total,
    drawing: (index, step) => (before(index) + step) / total,
  };
}
