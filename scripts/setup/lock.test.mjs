import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

/** @typedef {{ dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Entry */

/**
 * Where Node would find a package, seen from another: its own node_modules first, then those of each folder above.
 * @param {Record<string, Entry>} packages
 * @param {string} from
 * @param {string} name
 */
function isLocked(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

it('the lock file names what every platform needs, so that npm ci accepts it everywhere', async () => {
  /** @type {{ packages: Record<string, Entry> }} */
  const { packages } = JSON.parse(await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8'));
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isLocked(packages, path, name))
      .map((name) => `${path || 'counterpart'} → ${name}`),
  );
  expect(missing).toEqual([]);
});

it('the lock file names no registry', async () => {
  const lock = await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8');
  expect(lock).not.toContain('"resolved": "http');
});
