/** Whether the read severities of a sweep follow the asked ones, in plain words. */

import { THRESHOLDS } from '../../counterfactual/receipt/thresholds';
import * as say from '../../messages/en/candidates';
import { fixed } from '../../messages/numbers';

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
  const range = { from: fixed(first.read, 1), to: fixed(last.read, 1) };
  const [fall] = falls;
  if (fall !== undefined) {
    return say.sweepFalls({ to: fixed(fall.to.asked, 2), from: fixed(fall.from.asked, 2) });
  }
  if (last.read - first.read < NOTICEABLE) return say.sweepSame(range);
  return say.sweepRises(range);
}
