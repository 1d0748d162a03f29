/**
 * How threads share the tasks of a run: some words of memory that all of them see. Whoever is free takes the next task of the
 * current kernel, so a thread that is late, or gone, costs time and nothing else. Which thread computes a task changes no bit of it.
 */

import { EngineError } from '../../errors';

/** What a thread is told; the module is instantiated once for each thread. */
export interface JobParts {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Number of tasks by kernel. */
  readonly tasks: readonly number[];
}

export type ToThread =
  | (JobParts & { readonly kind: 'add'; readonly job: number; readonly scratch: number; readonly control: Int32Array })
  | { readonly kind: 'run'; readonly job: number; readonly run: number }
  | { readonly kind: 'remove'; readonly job: number };

export interface FromThread {
  readonly kind: 'ready';
}

/** A helper failed or is gone, so the memory that it shares may still be written to: the run must be done again elsewhere. */
export class HelperLostError extends EngineError {
  constructor() {
    super('backend-failed', 'A thread of the CPU failed or was ended while it computed.');
  }
}

/** Number of the run that goes on, 0 between runs. */
export const RUN = 0;
/** Threads that may touch the other words. */
export const INSIDE = 1;
/** Kernel that is computed, or one of the two below. */
export const CURRENT = 2;
export const FAILED = 3;
const NEXT = 4;

export const NOT_BEGUN = -1;
export const OVER = -2;

/** How long the caller waits for others without anything being done: so many times so long. */
export interface Patience {
  readonly times: number;
  readonly milliseconds: number;
}

/**
 * A task takes milliseconds, so who has done nothing for that long is gone. Counted in short waits, so that a machine that slept
 * meanwhile counts as one of them.
 */
export const PATIENCE: Patience = { times: 40, milliseconds: 250 };

/** A kernel ends within microseconds of its neighbours; sleeping and waking takes longer than that. */
const SPINS = 2000;

export function newControl(kernels: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * (NEXT + 2 * kernels)));
}

export const nextOf = (kernel: number) => NEXT + 2 * kernel;
const doneOf = (kernel: number) => NEXT + 2 * kernel + 1;

export function reset(control: Int32Array): void {
  for (let word = NEXT; word < control.length; word++) Atomics.store(control, word, 0);
  Atomics.store(control, CURRENT, NOT_BEGUN);
  Atomics.store(control, FAILED, 0);
}

/** Takes tasks of a kernel until there are none left. */
export function takeTasks(control: Int32Array, kernel: number, count: number, compute: (task: number) => void): void {
  for (;;) {
    const task = Atomics.add(control, nextOf(kernel), 1);
    if (task >= count) return;
    try {
      compute(task);
    } catch (error) {
      Atomics.store(control, FAILED, 1);
      throw error;
    } finally {
      if (Atomics.add(control, doneOf(kernel), 1) === count - 1) Atomics.notify(control, doneOf(kernel));
    }
  }
}

/** Waits until every task of a kernel that was taken is done. @returns false where nothing happened for too long */
export function awaitTasks(control: Int32Array, kernel: number, count: number, patience: Patience): boolean {
  for (;;) {
    const done = Atomics.load(control, doneOf(kernel));
    if (done >= count) return true;
    if (awaitChangeWithin(control, doneOf(kernel), done, patience) === undefined) return false;
  }
}

/** Waits until no helper is left inside a run. @returns false where nothing happened for too long */
export function awaitLeaving(control: Int32Array, patience: Patience): boolean {
  let inside: number | undefined = Atomics.load(control, INSIDE);
  while (inside !== undefined && inside > 0) inside = awaitChangeWithin(control, INSIDE, inside, patience);
  return inside !== undefined;
}

/** Returns the word's value once it is another than `from`. For helpers: who would change it may take its time. */
export function awaitChange(control: Int32Array, word: number, from: number): number {
  const value = spinForChange(control, word, from);
  if (value !== from) return value;
  Atomics.wait(control, word, from);
  return Atomics.load(control, word);
}

/** As awaitChange; undefined once patience is over. */
function awaitChangeWithin(
  control: Int32Array,
  word: number,
  from: number,
  { times, milliseconds }: Patience,
): number | undefined {
  let value = spinForChange(control, word, from);
  for (let i = 0; value === from && i < times; i++) {
    Atomics.wait(control, word, from, milliseconds);
    value = Atomics.load(control, word);
  }
  return value === from ? undefined : value;
}

function spinForChange(control: Int32Array, word: number, from: number): number {
  for (let spin = 0; spin < SPINS; spin++) {
    const value = Atomics.load(control, word);
    if (value !== from) return value;
  }
  return from;
}

/** The kernels of an instance, in order. */
export function kernelsOf(instance: WebAssembly.Instance, count: number): ((task: number) => void)[] {
  return Array.from({ length: count }, (_, i) => instance.exports[nameOfKernel(i)] as (task: number) => void); // as compiled
}

export function nameOfKernel(index: number): string {
  return `kernel ${String(index)}`;
}
