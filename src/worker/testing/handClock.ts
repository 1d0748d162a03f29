/** A clock that is moved by hand. */

import type { Clock } from '../clock';

export function handClock(): { readonly clock: Clock; readonly pass: (milliseconds: number) => void } {
  let time = 0;
  const timers = new Set<{ readonly at: number; readonly act: () => void }>();
  const clock: Clock = {
    now: () => time,
    after: (milliseconds, act) => {
      const timer = { at: time + milliseconds, act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const pass = (milliseconds: number): void => {
    time += milliseconds;
    for (const timer of [...timers])
      if (timer.at <= time) {
        timers.delete(timer);
        timer.act();
      }
  };
  return { clock, pass };
}
