/** Collects what has to be drawn again until the next frame draws it once. */
export class PendingParts<Part extends string> {
  #parts = new Set<Part>();

  add(...parts: readonly Part[]): void {
    for (const part of parts) this.#parts.add(part);
  }

  /** What is due; empty afterwards. */
  take(): ReadonlySet<Part> {
    const due = this.#parts;
    this.#parts = new Set();
    return due;
  }
}
