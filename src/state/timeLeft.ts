/** How long a counterfactual still takes, from the pace so far. */

import * as units from '../messages/en/units';

/** @returns milliseconds left, undefined while there is too little to tell */
export function timeLeft(elapsed: number, fraction: number): number | undefined {
  if (fraction >= 1) return 0;
  if (fraction < 0.05 || elapsed < 250) return undefined;
  return (elapsed * (1 - fraction)) / fraction;
}

/** "3 s", "1 min 20 s"; never "0 s" while something is left. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 60) return units.seconds({ value: seconds });
  const rest = seconds % 60;
  const minutes = Math.floor(seconds / 60);
  return rest === 0 ? units.minutes({ minutes }) : units.minutesSeconds({ minutes, seconds: rest });
}
