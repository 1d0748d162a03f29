/** How fast a queue empties, whoever works on it, and when it will be empty. */

export interface QueueProgress {
  /** Jobs that nobody has finished yet, those at hand among them. */
  readonly left: number;
  /** Of all processes together; undefined before one was seen to be finished. */
  readonly perMinute: number | undefined;
  readonly millisecondsLeft: number | undefined;
}

/** What was done longer ago says nothing of the processes that work now. */
const WINDOW = 10 * 60_000;

interface Look {
  readonly at: number;
  readonly left: number;
}

export class Pace {
  /** Each with fewer left than the one before. */
  #seen: readonly Look[] = [];

  /** @param at milliseconds of any clock @param left how many jobs there are still, now */
  look(at: number, left: number): QueueProgress {
    const last = this.#seen.at(-1);
    // More than before: they were put there by another process, and were not there to be done.
    if (last === undefined || left > last.left) this.#seen = [{ at, left }];
    else if (left < last.left) this.#seen = [...this.#within(at), { at, left }];
    const [first] = this.#within(at);
    const done = first === undefined ? 0 : first.left - left;
    if (first === undefined || done === 0 || at <= first.at)
      return { left, perMinute: undefined, millisecondsLeft: left === 0 ? 0 : undefined };
    const each = (at - first.at) / done;
    return { left, perMinute: 60_000 / each, millisecondsLeft: each * left };
  }

  /** What was seen in the window, and the last before it, from which on it counts. */
  #within(at: number): readonly Look[] {
    const from = this.#seen.findLastIndex((each) => each.at <= at - WINDOW);
    return this.#seen.slice(Math.max(0, from));
  }
}
