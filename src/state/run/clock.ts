/** A clock that can be stopped: the time for which a run is held is not the run's. */

export class RunClock {
  #stoppedAt: number | undefined;
  #held = 0;

  constructor(private readonly time: () => number) {}

  now(): number {
    return (this.#stoppedAt ?? this.time()) - this.#held;
  }

  stop(): void {
    this.#stoppedAt ??= this.time();
  }

  start(): void {
    if (this.#stoppedAt === undefined) return;
    this.#held += this.time() - this.#stoppedAt;
    this.#stoppedAt = undefined;
  }
}
