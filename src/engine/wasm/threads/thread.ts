/** A thread of the crew: a worker that computes tasks while a run goes on. */

import {
  awaitChange,
  CURRENT,
  type FromThread,
  INSIDE,
  kernelsOf,
  NOT_BEGUN,
  OVER,
  RUN,
  takeTasks,
  type ToThread,
} from './control';

interface Ready {
  readonly control: Int32Array;
  readonly tasks: readonly number[];
  readonly kernels: readonly ((task: number) => void)[];
}

/** @returns what to do with each message; @param answer to whoever started the thread */
export function serveAsThread(answer: (message: FromThread) => void): (message: ToThread) => void {
  const jobs = new Map<number, Ready>();
  answer({ kind: 'ready' });
  return (message) => {
    switch (message.kind) {
      case 'add': {
        const { module, memory, tasks, control, scratch, job } = message;
        try {
          const instance = new WebAssembly.Instance(module, { environment: { memory, scratch } });
          jobs.set(job, { control, tasks, kernels: kernelsOf(instance, tasks.length) });
        } catch {
          // Such as for want of memory: this thread takes no part in the job, and others do its share.
        }
        return;
      }
      case 'remove':
        jobs.delete(message.job);
        return;
      case 'run': {
        const job = jobs.get(message.job);
        if (job) takePart(job, message.run);
      }
    }
  };
}

function takePart({ control, tasks, kernels }: Ready, run: number): void {
  Atomics.add(control, INSIDE, 1);
  try {
    let seen = NOT_BEGUN;
    // A message may arrive when its run is long over.
    while (Atomics.load(control, RUN) === run && seen !== OVER) {
      seen = awaitChange(control, CURRENT, seen);
      const compute = kernels[seen];
      if (compute) takeTasks(control, seen, tasks[seen] ?? 0, compute);
    }
  } catch {
    // Told by the control words; whoever called does the run again without this thread.
  } finally {
    Atomics.sub(control, INSIDE, 1);
    Atomics.notify(control, INSIDE);
  }
}
