/** Gives the thread back now and then, so that a worker can receive "cancel" while a network runs. */

/** Resolves in a new task. A message channel rather than setTimeout, which browsers delay by 4 ms when nested. */
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

/** @returns a function that waits for a new task if the last one it waited for began more than `everyMs` ago. */
export function createPauser(everyMs: number): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < everyMs) return undefined;
    return nextTask().then(() => {
      last = performance.now();
    });
  };
}
