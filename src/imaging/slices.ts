/**
 * Loops over millions of pixels as tasks of a few milliseconds, so that a page that runs them stays alive. A sliced function is
 * a generator that yields wherever it may be interrupted, every fraction of a millisecond or so.
 */

export type Sliced<T> = Generator<undefined, T>;

/** Half a frame: with what else a page has to do, a frame is still met. */
const SLICE_MILLISECONDS = 8;

/** Resolves in a task of its own, after what waits already; not throttled as timers are. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Runs in slices, the first at once, each further one in a task of its own. */
export async function inSlices<T>(work: Sliced<T>): Promise<T> {
  for (;;) {
    const end = performance.now() + SLICE_MILLISECONDS;
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() < end);
    await nextTask();
  }
}

/** Runs to its end in one go. */
export function atOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
