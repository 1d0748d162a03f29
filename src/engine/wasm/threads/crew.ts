/** The threads that compute: the one that calls, and helpers where memory can be shared. */

import { EngineError } from '../../errors';
import {
  awaitChange,
  awaitTasks,
  CURRENT,
  FAILED,
  type FromThread,
  INSIDE,
  type JobParts,
  kernelsOf,
  newControl,
  OVER,
  reset,
  RUN,
  takeTasks,
  type ToThread,
} from './control';

/** Somewhere else where tasks can be computed. */
export interface Helper {
  post(message: ToThread): void;
  /** Told of each message, and of a failure to start by `undefined`. */
  listen(hear: (message: FromThread | undefined) => void): void;
  stop(): void;
}

export interface Job {
  /**
   * Computes all kernels once.
   * @param pause asked between kernels; throws to stop
   * @throws EngineError 'backend-failed' where a helper failed
   */
  run(pause: () => Promise<void> | undefined): Promise<void>;
  dispose(): void;
}

/** How long helpers may take to start before work begins without them. */
const PATIENCE_MS = 5000;

export class Crew {
  #jobs = 0;

  private constructor(private readonly helpers: readonly Helper[]) {}

  /** Starts `threads - 1` helpers; those that do not come are left out. */
  static async gather(threads: number, start: () => Helper): Promise<Crew> {
    const helpers = Array.from({ length: Math.max(0, threads - 1) }, start);
    const ready = await Promise.all(helpers.map(isReady));
    for (const [i, helper] of helpers.entries()) if (!ready[i]) helper.stop();
    return new Crew(helpers.filter((_, i) => ready[i]));
  }

  get threads(): number {
    return 1 + this.helpers.length;
  }

  /** @param scratch start of each thread's own memory */
  prepare({ module, memory, tasks, scratch }: JobParts & { readonly scratch: readonly number[] }): Job {
    const environment = { memory, scratch: scratch[0] ?? 0 };
    const kernels = kernelsOf(new WebAssembly.Instance(module, { environment }), tasks.length);
    if (this.helpers.length === 0) return new LoneJob(kernels, tasks);
    const job = ++this.#jobs;
    const control = newControl(tasks.length);
    for (const [i, helper] of this.helpers.entries())
      helper.post({ kind: 'add', job, module, memory, tasks, control, scratch: scratch[i + 1] ?? 0 });
    return new SharedJob(job, this.helpers, control, kernels, tasks);
  }

  dispose(): void {
    for (const helper of this.helpers) helper.stop();
  }
}

function isReady(helper: Helper): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE_MS);
    helper.listen((message) => {
      clearTimeout(timer);
      resolve(message !== undefined);
    });
  });
}

type Kernels = readonly ((task: number) => void)[];

class LoneJob implements Job {
  constructor(
    private readonly kernels: Kernels,
    private readonly tasks: readonly number[],
  ) {}

  async run(pause: () => Promise<void> | undefined): Promise<void> {
    for (const [i, compute] of this.kernels.entries()) {
      await pause();
      const count = this.tasks[i] ?? 0;
      for (let task = 0; task < count; task++) compute(task);
    }
  }

  dispose(): void {
    // Nothing is kept elsewhere.
  }
}

class SharedJob implements Job {
  #runs = 0;

  constructor(
    private readonly job: number,
    private readonly helpers: readonly Helper[],
    private readonly control: Int32Array,
    private readonly kernels: Kernels,
    private readonly tasks: readonly number[],
  ) {}

  async run(pause: () => Promise<void> | undefined): Promise<void> {
    const { control } = this;
    reset(control);
    Atomics.store(control, RUN, ++this.#runs);
    for (const helper of this.helpers) helper.post({ kind: 'run', job: this.job, run: this.#runs });
    try {
      for (const [i, compute] of this.kernels.entries()) {
        const waiting = pause();
        if (waiting) await waiting;
        this.#compute(i, compute);
      }
    } finally {
      this.#end();
    }
  }

  dispose(): void {
    for (const helper of this.helpers) helper.post({ kind: 'remove', job: this.job });
  }

  #compute(kernel: number, compute: (task: number) => void): void {
    const { control } = this;
    const count = this.tasks[kernel] ?? 0;
    if (count === 1) {
      compute(0);
      return;
    }
    Atomics.store(control, CURRENT, kernel);
    Atomics.notify(control, CURRENT);
    takeTasks(control, kernel, count, compute);
    awaitTasks(control, kernel, count);
    if (Atomics.load(control, FAILED) !== 0)
      throw new EngineError('backend-failed', 'A thread of the CPU failed while it computed.');
  }

  /** Nobody may touch the control words once this returns. */
  #end(): void {
    const { control } = this;
    Atomics.store(control, RUN, 0);
    Atomics.store(control, CURRENT, OVER);
    Atomics.notify(control, CURRENT);
    for (let inside = Atomics.load(control, INSIDE); inside > 0;) inside = awaitChange(control, INSIDE, inside);
  }
}
