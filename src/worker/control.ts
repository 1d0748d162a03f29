/** What the page may want of a job while it runs. */

/** `finish`: a search ends with the best so far. */
export type Wish = 'pause' | 'resume' | 'finish';

/** The page's end of a job: given to the client with the job, used while it runs. */
export class JobControl {
  readonly #abort = new AbortController();
  readonly #listeners = new Set<(wish: Wish) => void>();
  #paused = false;
  #finishing = false;

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get finishing(): boolean {
    return this.#finishing;
  }

  /** Ends the job without a result. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Holds the job after its current step. */
  pause(): void {
    this.#paused = true;
    this.#tell('pause');
  }

  resume(): void {
    this.#paused = false;
    this.#tell('resume');
  }

  /** Ends a search with what it has found so far. */
  finish(): void {
    this.#finishing = true;
    this.#tell('finish');
  }

  /** Returns the way to stop listening. Wishes from before are told at once. */
  listen(listener: (wish: Wish) => void): () => void {
    this.#listeners.add(listener);
    if (this.#paused) listener('pause');
    if (this.#finishing) listener('finish');
    return () => this.#listeners.delete(listener);
  }

  #tell(wish: Wish): void {
    for (const listener of this.#listeners) listener(wish);
  }
}
