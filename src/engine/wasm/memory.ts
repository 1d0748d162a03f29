/** The linear memory of one network: its weights, the values of a run, and what each thread needs for itself. */

import { EngineError } from '../errors';
import type { MemoryLimits } from '../../assembler/module';

export const PAGE = 65536;

/** What a memory may grow to, the most wished for first: a shared one claims addresses for all of it at once. */
const MAXIMA = [16384, 8192, 4096];

export class NetworkMemory {
  readonly memory: WebAssembly.Memory;
  readonly limits: MemoryLimits;
  /** End of what is in use; the first bytes stay empty, so that no address is zero. */
  #top = 64;
  #work: { readonly from: number; readonly end: number } | undefined;

  /** @throws EngineError 'out-of-memory' */
  constructor(
    private readonly name: string,
    shared: boolean,
  ) {
    const { memory, maximum } = open(name, shared);
    this.memory = memory;
    this.limits = { shared, maximum };
  }

  /** Stores numbers for as long as the memory lives. @returns their address */
  keep(numbers: Float32Array): number {
    const from = this.#allocate(numbers.byteLength);
    this.floats(from, numbers.length).set(numbers);
    return from;
  }

  /**
   * Memory for a run of any batch size, for one run is over before the next begins. It lies last and grows where it is, unless
   * something was kept since.
   * @returns its address
   */
  work(bytes: number): number {
    if (this.#work && this.#work.end === this.#top) {
      const { from } = this.#work;
      if (from + bytes > this.#top) this.#grow(from + bytes);
      this.#work = { from, end: this.#top };
      return from;
    }
    const from = this.#allocate(bytes);
    this.#work = { from, end: this.#top };
    return from;
  }

  /** A view that is good until the memory grows. */
  floats(from: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, from, length);
  }

  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  #allocate(bytes: number): number {
    const from = this.#top;
    this.#grow(from + bytes);
    return from;
  }

  #grow(top: number): void {
    const end = Math.ceil(top / 64) * 64;
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) {
      try {
        this.memory.grow(missing);
      } catch (cause) {
        throw outOfMemory(this.name, end, cause);
      }
    }
    this.#top = end;
  }
}

function open(name: string, shared: boolean): { memory: WebAssembly.Memory; maximum: number } {
  let refusal: unknown;
  for (const maximum of MAXIMA)
    try {
      return { memory: new WebAssembly.Memory({ initial: 1, maximum, shared }), maximum };
    } catch (cause) {
      refusal = cause;
    }
  throw outOfMemory(name, PAGE, refusal);
}

function outOfMemory(name: string, bytes: number, cause: unknown): EngineError {
  const size = `${String(Math.ceil(bytes / 2 ** 20))} MiB`;
  return new EngineError('out-of-memory', `${name} needs ${size} of memory on the CPU, which could not be had.`, {
    cause,
  });
}
