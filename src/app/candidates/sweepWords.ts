/** Whether the read severities of a sweep follow the asked ones, in plain words. */

import { THRESHOLDS } from '../../counterfactual/receipt/thresholds';

export interface SweepReading {
  readonly asked: number;
  readonly read: number;
}

/** Steps smaller than this are no step to the second reader. */
const NOTICEABLE = 3 * THRESHOLDS.effect.noticeable;

/** @param readings in order of what was asked */
export function sweepInWords(readings: readonly SweepReading[]): string {
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || readings.length < 2) return '';
  const falls = readings.flatMap((each, index) => {
    const before = readings[index - 1];
    return before !== undefined && each.read < before.read - NOTICEABLE ? [{ from: before, to: each }] : [];
  });
  const range = `from ${first.read.toFixed(1)} to ${last.read.toFixed(1)}`;
  const [fall] = falls;
  if (fall !== undefined) {
    return `Not in order: it is read as less at ${fall.to.asked.toFixed(2)} than at ${fall.from.asked.toFixed(2)}.`;
  }
  if (last.read - first.read < NOTICEABLE) return `The second reader sees no difference between the grades (${range}).`;
  return `In order: the more is asked, the more is read, ${range}.`;
}
