/** The threads that compute: the one that calls, and helpers where memory can be shared. */

import {
  awaitLeaving,
  awaitTasks,
  CURRENT,
  FAILED,
  type FromThread,
  HelperLostError,
  type JobParts,
  kernelsOf,
  newControl,
  OVER,
  PATIENCE,
  type Patience,
  reset,
  RUN,
  takeTasks,
  type ToThread,
} from './control';

/** Somewhere else where tasks can be computed. */
export interface Helper {
  post(message: ToThread): void;
  /** Told of each message, and by `undefined` of a failure, to start or later. */
  listen(hear: (message: FromThread | undefined) => void): void;
  stop(): void;
}

export interface Job {
  /**
   * Computes all kernels once.
   * @param pause asked between kernels; throws to stop
   * @throws HelperLostError where a helper failed or is gone: nothing that was prepared is to be used again, see `Crew.renew`
   */
  run(pause: () => Promise<void> | undefined): Promise<void>;
  dispose(): void;
}

/** How long helpers may take to start before work begins without them. */
const START_MS = 5000;

/** Helpers that are lost are replaced so many times; then the calling thread works alone. */
const MOST_RENEWALS = 2;

export class Crew {
  #jobs = 0;
  #helpers: readonly Helper[] = [];
  #generation = 0;
  #lost = false;

  private constructor(
    /** At any time: memory is shared, and laid out, for as many. */
    readonly mostThreads: number,
    private readonly start: () => Helper,
    private readonly patience: Patience,
  ) {}

  /** Starts `threads - 1` helpers; those that do not come are left out. */
  static async gather(threads: number, start: () => Helper, patience = PATIENCE): Promise<Crew> {
    const crew = new Crew(Math.max(1, threads), start, patience);
    await crew.#gather();
    return crew;
  }

  get threads(): number {
    return 1 + this.#helpers.length;
  }

  /** Raised by `renew`; a job belongs to the generation in which it was prepared. */
  get generation(): number {
    return this.#generation;
  }

  /** @param scratch start of each thread's own memory */
  prepare({ module, memory, tasks, scratch }: JobParts & { readonly scratch: readonly number[] }): Job {
    const environment = { memory, scratch: scratch[0] ?? 0 };
    const kernels = kernelsOf(new WebAssembly.Instance(module, { environment }), tasks.length);
    if (this.#helpers.length === 0) return new LoneJob(kernels, tasks);
    const job = ++this.#jobs;
    const control = newControl(tasks.length);
    for (const [i, helper] of this.#helpers.entries())
      helper.post({ kind: 'add', job, module, memory, tasks, control, scratch: scratch[i + 1] ?? 0 });
    const { patience } = this;
    return new SharedJob({ job, helpers: this.#helpers, control, kernels, tasks, patience, isLost: () => this.#lost });
  }

  /**
   * After a HelperLostError: ends all helpers and starts as many anew, a few times. What a helper shared may be written to until it is
   * really gone, so jobs must be prepared anew in memory of their own.
   */
  async renew(): Promise<void> {
    this.dispose();
    this.#generation++;
    if (this.#generation <= MOST_RENEWALS) await this.#gather();
  }

  dispose(): void {
    for (const helper of this.#helpers) helper.stop();
    this.#helpers = [];
  }

  async #gather(): Promise<void> {
    this.#lost = false;
    const helpers = Array.from({ length: this.mostThreads - 1 }, this.start);
    const generation = this.#generation;
    const lose = () => {
      if (generation === this.#generation) this.#lost = true;
    };
    const ready = await Promise.all(helpers.map((helper) => isReady(helper, lose)));
    for (const [i, helper] of helpers.entries()) if (!ready[i]) helper.stop();
    this.#helpers = helpers.filter((_, i) => ready[i]);
  }
}

/** @param lose called where it fails after it was ready */
function isReady(helper: Helper, lose: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    let ready = false;
    const timer = setTimeout(() => resolve(false), START_MS);
    helper.listen((message) => {
      clearTimeout(timer);
      if (message === undefined && ready) lose();
      ready ||= message !== undefined;
      resolve(ready);
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

interface SharedParts {
  readonly job: number;
  readonly helpers: readonly Helper[];
  readonly control: Int32Array;
  readonly kernels: Kernels;
  readonly tasks: readonly number[];
  readonly patience: Patience;
  readonly isLost: () => boolean;
}

class SharedJob implements Job {
  #runs = 0;

  constructor(private readonly parts: SharedParts) {}

  async run(pause: () => Promise<void> | undefined): Promise<void> {
    const { control, job, helpers, kernels, isLost } = this.parts;
    if (isLost()) throw new HelperLostError();
    reset(control);
    Atomics.store(control, RUN, ++this.#runs);
    for (const helper of helpers) helper.post({ kind: 'run', job, run: this.#runs });
    try {
      for (const [i, compute] of kernels.entries()) {
        const waiting = pause();
        if (waiting) await waiting;
        this.#compute(i, compute);
      }
    } finally {
      this.#end();
    }
    if (Atomics.load(control, FAILED) !== 0) throw new HelperLostError();
  }

  dispose(): void {
    for (const helper of this.parts.helpers) helper.post({ kind: 'remove', job: this.parts.job });
  }

  #compute(kernel: number, compute: (task: number) => void): void {
    const { control, tasks, patience } = this.parts;
    const count = tasks[kernel] ?? 0;
    if (count === 1) {
      compute(0);
      return;
    }
    Atomics.store(control, CURRENT, kernel);
    Atomics.notify(control, CURRENT);
    takeTasks(control, kernel, count, compute);
    if (!awaitTasks(control, kernel, count, patience) || Atomics.load(control, FAILED) !== 0)
      throw new HelperLostError();
  }

  /** Nobody may touch the control words once this returns; who may still do so is lost. */
  #end(): void {
    const { control, patience } = this.parts;
    Atomics.store(control, RUN, 0);
    Atomics.store(control, CURRENT, OVER);
    Atomics.notify(control, CURRENT);
    if (!awaitLeaving(control, patience)) throw new HelperLostError();
  }
}
