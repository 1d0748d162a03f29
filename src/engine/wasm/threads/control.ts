/**
 * How threads share the tasks of a run: some words of memory that all of them see. Whoever is free takes the next task of the
 * current kernel, so a thread that is late, or gone, costs time and nothing else. Which thread computes a task changes no bit of it.
 */

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

/** A kernel ends within microseconds of its neighbours; sleeping and waking takes longer than that. */
const SPINS = 2000;

export function newControl(kernels: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * (NEXT + 2 * kernels)));
}

const nextOf = (kernel: number) => NEXT + 2 * kernel;
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

/** Returns when every task of a kernel that was taken is done. */
export function awaitTasks(control: Int32Array, kernel: number, count: number): void {
  for (;;) {
    const done = Atomics.load(control, doneOf(kernel));
    if (done >= count) return;
    awaitChange(control, doneOf(kernel), done);
  }
}

/** Returns the word's value once it is another than `from`. */
export function awaitChange(control: Int32Array, word: number, from: number): number {
  for (let spin = 0; spin < SPINS; spin++) {
    const value = Atomics.load(control, word);
    if (value !== from) return value;
  }
  Atomics.wait(control, word, from);
  return Atomics.load(control, word);
}

/** The kernels of an instance, in order. */
export function kernelsOf(instance: WebAssembly.Instance, count: number): ((task: number) => void)[] {
  return Array.from({ length: count }, (_, i) => instance.exports[nameOfKernel(i)] as (task: number) => void); // as compiled
}

export function nameOfKernel(index: number): string {
  return `kernel ${String(index)}`;
}
