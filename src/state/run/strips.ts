/** The strips of a run, as many in memory as a screen or two shows. What was never made is made when it is first seen. */

import type { Strip } from './strip';

/** 'missing': its files cannot be read. */
export type ShownStrip = Strip | 'missing';

/** Beyond this the ones seen longest ago are read again when they come back. */
const MOST_KEPT = 160;

export class Strips {
  readonly #kept = new Map<string, ShownStrip>();
  /** Asked for, the latest last. */
  readonly #wanted = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #working = false;

  /** @param read a strip by the id of its item; undefined where it cannot be had */
  constructor(private readonly read: (id: string) => Promise<Strip | undefined>) {}

  /** Told whenever one has come. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get(id: string): ShownStrip | undefined {
    return this.#kept.get(id);
  }

  put(id: string, strip: ShownStrip): void {
    this.#kept.delete(id);
    this.#kept.set(id, strip);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    for (const listener of this.#listeners) listener();
  }

  /** It is in sight. What was wanted last comes first: who scrolls fast waits for nothing that has gone by. */
  want(id: string): void {
    if (this.#kept.has(id)) return;
    this.#wanted.delete(id);
    this.#wanted.add(id);
    void this.#work();
  }

  /** It is out of sight. */
  unwant(id: string): void {
    this.#wanted.delete(id);
  }

  /** What could not be had, or had no source, is tried again: films have come to hand. */
  retry(): void {
    for (const [id, strip] of this.#kept) if (strip === 'missing' || strip.source === undefined) this.#kept.delete(id);
    for (const listener of this.#listeners) listener();
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      for (let id = [...this.#wanted].at(-1); id !== undefined; id = [...this.#wanted].at(-1)) {
        this.#wanted.delete(id);
        this.put(
          id,
          await this.read(id).then(
            (strip) => strip ?? 'missing',
            () => 'missing' as const,
          ),
        );
      }
    } finally {
      this.#working = false;
    }
  }
}
