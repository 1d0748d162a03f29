import { resolve, dirname } from 'node:path';
import type { Plugin } from 'vite';

/** As the sources start a worker; Vite knows the same form. */
const ADDRESS = /(?<=new Worker\(\s*)new URL\(\s*'([^']+)',\s*import\.meta\.url,?\s*\)/g;
const HELPER = /^\0vite\/preload-helper\.js$/;
/** What Vite's helper of dynamic imports asks of a window, and what a worker can answer. */
const OF_WINDOWS = [
  ['window.dispatchEvent(', 'globalThis.dispatchEvent('],
  ['deps && deps.length > 0', "typeof document !== 'undefined' && deps && deps.length > 0"],
] as const;

/**
 * A module with the addresses of the workers that it starts replaced.
 * @param id absolute path of the module
 * @param address the expression that stands for the address of a worker, by the absolute path of its module
 */
export function addressWorkers(code: string, id: string, address: (worker: string) => string): string {
  return code.replace(ADDRESS, (_, relative: string) => address(resolve(dirname(id), relative)));
}

/** The helper without what only a window has: in a worker nothing is fetched ahead. @throws Error when the file does not look as expected */
export function helpWorkers(code: string): string {
  return OF_WINDOWS.reduce((changed, [part, by]) => {
    if (!changed.includes(part)) throw new Error(`page-workers: ${part} was not found.`);
    return changed.replaceAll(part, by);
  }, code);
}

/**
 * Builds workers together with the page, so that what both need is one file, fetched once. Vite builds each worker by itself, with a
 * copy of all that the page has too. Plugins named under `worker` are not asked then.
 * @param workers absolute paths of the workers' modules, by the names of their files
 */
export function pageWorkers(workers: Readonly<Record<string, string>>): Plugin[] {
  return [
    {
      name: 'counterpart:page-workers',
      apply: 'build',
      // Before Vite sees the worker.
      enforce: 'pre',
      transform: {
        filter: { code: /new Worker\(/, id: { exclude: /node_modules/ } },
        handler(code, id) {
          const changed = addressWorkers(code, id, (worker) => {
            const name = Object.keys(workers).find((each) => workers[each] === worker);
            if (name === undefined) return this.error(`page-workers: vite.config.ts does not name ${worker}.`);
            return `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'chunk', id: worker, name })}`;
          });
          return changed === code ? undefined : { code: changed, map: null };
        },
      },
    },
    {
      name: 'counterpart:page-workers-helper',
      apply: 'build',
      transform: {
        filter: { id: HELPER },
        handler: (code) => ({ code: helpWorkers(code), map: null }),
      },
    },
  ];
}
