/** Time, replaced in tests. */

export interface Clock {
  now(): number;
  /** Returns the way to call it off. */
  after(milliseconds: number, act: () => void): () => void;
}

export const CLOCK: Clock = {
  now: () => performance.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};
