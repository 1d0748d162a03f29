/** Jobs on the worker's side: held, finished early or cancelled from outside, and able to let something urgent in between steps. */

import type { Wish } from './control';

export type Urgent = () => Promise<void>;

/** What may be done between two steps of a job, such as reading a radiograph that was just opened. */
export class UrgentWork {
  readonly #waiting: Urgent[] = [];
  readonly #arrivals = new Set<() => void>();

  /** Done between two steps of the running job, or in its own turn when that comes first. @returns its own turn */
  add(work: Urgent): Urgent {
    let begun: Promise<void> | undefined;
    const once = (): Promise<void> => {
      const at = this.#waiting.indexOf(once);
      if (at >= 0) this.#waiting.splice(at, 1);
      begun ??= work();
      return begun;
    };
    this.#waiting.push(once);
    for (const arrived of this.#arrivals) arrived();
    return once;
  }

  async drain(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) await next();
  }

  onArrival(listener: () => void): () => void {
    this.#arrivals.add(listener);
    return () => this.#arrivals.delete(listener);
  }
}

export class RunningJob {
  readonly #abort = new AbortController();
  readonly #finish = new AbortController();
  #paused = false;
  #wake: (() => void) | undefined;

  constructor(private readonly urgent: UrgentWork) {}

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Aborted when the job shall end with what it has. */
  get finish(): AbortSignal {
    return this.#finish.signal;
  }

  cancel(): void {
    this.#abort.abort();
    this.#wake?.();
  }

  wish(wish: Wish): void {
    if (wish === 'finish') this.#finish.abort();
    // Who wants the end does not want to wait for it.
    this.#paused = wish === 'pause';
    this.#wake?.();
  }

  /** Between two steps: does what is urgent, and waits while the job is paused. */
  readonly breathe = async (): Promise<void> => {
    for (;;) {
      // A message can only arrive when the event loop turns.
      await new Promise((resolve) => setTimeout(resolve));
      await this.urgent.drain();
      if (!this.#paused || this.signal.aborted) return;
      await new Promise<void>((resolve) => {
        const forget = this.urgent.onArrival(resolve);
        this.#wake = () => {
          forget();
          resolve();
        };
      });
    }
  };
}
