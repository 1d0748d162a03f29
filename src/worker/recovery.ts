/**
 * What to do when a GPU fails, and when to try it again. Decisions only: the server carries them out.
 *
 * A lost device is asked for anew at once, for most losses are a driver's reset. Where that happens again soon, or memory ran out, or
 * the driver refuses a kernel, work goes on on the CPU. After a while the GPU is tried again, later each time; never after a kernel was
 * refused, for it would be refused again.
 */

/** `reopen`: the same backend with a new device. */
export type Remedy = 'reopen' | 'cpu' | 'none';

/** Losses within this time count together. */
const MEMORY_MS = 120_000;

/** Losses that are answered with a new device before the CPU takes over. */
const MOST_REOPENED = 2;

const FIRST_RETURN_MS = 30_000;
const LONGEST_RETURN_MS = 600_000;

/** Ways back that are tried without one that lasts. */
const MOST_RETURNS = 6;

/** A GPU that worked for so long is trusted like a new one. */
const LASTING_MS = 600_000;

export class Recovery {
  #losses: number[] = [];
  #returns = 0;
  #returnedAt: number | undefined;

  constructor(private readonly now: () => number) {}

  /** @param code of the failure on WebGPU */
  remedy(code: string): Remedy {
    if (code === 'out-of-memory' || code === 'backend-failed') return 'cpu';
    if (code !== 'device-lost') return 'none';
    const now = this.now();
    this.#losses = [...this.#losses.filter((time) => now - time < MEMORY_MS), now];
    return this.#losses.length > MOST_REOPENED ? 'cpu' : 'reopen';
  }

  /** How long to stay on the CPU after `code`; undefined: for good. */
  wait(code: string): number | undefined {
    if (code === 'backend-failed') return undefined;
    if (this.#returnedAt !== undefined && this.now() - this.#returnedAt >= LASTING_MS) this.#returns = 0;
    if (this.#returns >= MOST_RETURNS) return undefined;
    return Math.min(FIRST_RETURN_MS * 2 ** this.#returns++, LONGEST_RETURN_MS);
  }

  /** Work is on the GPU again. */
  returned(): void {
    this.#returnedAt = this.now();
    this.#losses = [];
  }
}
