/** Keeps the networks from a worker of its own: hashing and storing tens of megabytes would hold the page up. */

/** @param base address of the studio, ends in a slash */
export function keepInWorker(base: string): void {
  const worker = new Worker(new URL('./keepMain.ts', import.meta.url), { type: 'module', name: 'counterpart-keep' });
  worker.postMessage(base);
}
