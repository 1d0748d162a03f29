/**
 * Run-length code for masks: a value byte, then the run's length as a base-128 varint.
 * Masks are mostly long runs of 0 and 255, so an undo step of a full-size stroke takes a few kilobytes.
 */

export type Runs = Uint8Array & { readonly __unit?: 'runs' };

/** Takes values piece by piece; runs go on from one piece to the next. */
export class RunPacker {
  #bytes = new Uint8Array(256);
  #used = 0;
  #value = 0;
  #length = 0;

  add(value: number, length: number): void {
    if (length === 0) return;
    if (value !== this.#value) {
      this.#write();
      this.#value = value;
      this.#length = 0;
    }
    this.#length += length;
  }

  /** The values from `start` up to, without, `end`. */
  addValues(values: Uint8Array, start: number, end: number): void {
    for (let from = start; from < end;) {
      const value = values[from] as number;
      let to = from + 1;
      while (to < end && values[to] === value) to++;
      this.add(value, to - from);
      from = to;
    }
  }

  /** All runs so far. */
  packed(): Runs {
    this.#write();
    this.#length = 0;
    return this.#bytes.slice(0, this.#used);
  }

  #write(): void {
    if (this.#length === 0) return;
    if (this.#used + 6 > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#used++] = this.#value;
    let rest = this.#length;
    for (; rest >= 128; rest >>>= 7) this.#bytes[this.#used++] = (rest & 127) | 128;
    this.#bytes[this.#used++] = rest;
  }
}

/** @param length number of values that were packed */
export function unpackRuns(runs: Runs, length: number): Uint8Array {
  const values = new Uint8Array(length);
  let written = 0;
  for (let at = 0; at < runs.length;) {
    const value = runs[at++] ?? 0;
    let run = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = runs[at++] ?? 0;
      run += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    values.fill(value, written, written + run);
    written += run;
  }
  return values;
}
