/** Work for when there is nothing else to do: begins a while after the last job, and ends when the next one comes. */

import type { Clock } from './clock';

/** So long after the last job: a user who has just looked at a result may ask for the next. */
const PATIENCE_MS = 5000;

/** Times that it is done, or fails, in the life of a page. A round that finds nothing to do costs nothing and does not count. */
const MOST_TIMES = 6;

export class IdleWork {
  #callOff: () => void = () => undefined;
  #abort: AbortController | undefined;
  #times = 0;

  /** @param work resolves to whether there is more to do */
  constructor(
    private readonly work: (signal: AbortSignal) => Promise<boolean>,
    private readonly clock: Clock,
  ) {}

  /** A job has come. */
  stop(): void {
    this.#callOff();
    this.#abort?.abort();
  }

  /** The last job is done. */
  begin(): void {
    this.stop();
    if (this.#times >= MOST_TIMES) return;
    this.#callOff = this.clock.after(PATIENCE_MS, () => void this.#do());
  }

  async #do(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    // What fails when nobody asked for it is no news; it will fail again when somebody does.
    const outcome = await this.work(abort.signal).then(
      (more) => (more ? 'more' : 'nothing'),
      () => 'failed',
    );
    if (outcome !== 'nothing') this.#times++;
    // The next job may bring more: another network is loaded, or the page is looked at again.
    if (outcome === 'more' && !abort.signal.aborted) this.begin();
  }
}
