/**
 * Cuts a run into submissions that each keep the GPU for a bounded time, so that the desktop stays responsive and a run can be
 * stopped between them. How much fits is learned from the submissions themselves.
 */

/** What a submission shall last. */
const TARGET_MS = 60;

/** Multiply-adds a millisecond that are assumed at first: a software adapter. */
const FIRST_RATE = 5e5;

/** A submission that was too short to time says little more than that it was short. */
const SHORTEST_MS = 2;

export class Pacer {
  #rate: number;

  /**
   * @param finished resolves when all that was submitted is done
   * @param rate multiply-adds a millisecond, to begin with
   */
  constructor(
    private readonly finished: () => Promise<unknown>,
    rate = FIRST_RATE,
  ) {
    this.#rate = rate;
  }

  /** Multiply-adds a millisecond, as learned so far. */
  get rate(): number {
    return this.#rate;
  }

  /** Multiply-adds that one submission may hold, as far as is known: a kernel that costs more should come in pieces. */
  get budget(): number {
    return this.#rate * TARGET_MS;
  }

  /**
   * @param costs of each kernel
   * @param submit submits kernels [from, to)
   * @param check throws to stop; called before each submission
   */
  async submit(costs: readonly number[], submit: (from: number, to: number) => void, check: () => void): Promise<void> {
    let from = 0;
    do {
      check();
      const { to, cost } = this.#chunk(costs, from);
      const started = performance.now();
      submit(from, to);
      from = to;
      // The last one is waited for by reading its results.
      if (from < costs.length) {
        await this.finished();
        this.#learn(cost, performance.now() - started);
      }
    } while (from < costs.length);
  }

  #chunk(costs: readonly number[], from: number): { to: number; cost: number } {
    const { budget } = this;
    let to = from;
    let cost = 0;
    while (to < costs.length && (to === from || cost + (costs[to] ?? 0) <= budget)) cost += costs[to++] ?? 0;
    return { to, cost };
  }

  #learn(cost: number, milliseconds: number): void {
    const measured = cost / Math.max(milliseconds, SHORTEST_MS);
    // Upwards by at most eightfold a time: the next submission must not be far too long if this one flattered.
    this.#rate = Math.min(measured, 8 * this.#rate);
  }
}
