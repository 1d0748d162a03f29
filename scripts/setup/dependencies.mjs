import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, say, sayAside } from './command.mjs';
import { SetupError } from './setup-error.mjs';
import { onceInSetup } from './setup-lock.mjs';

/** @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }> }} Lock */

/**
 * Is what npm recorded in node_modules what the lock file asks for, and still there? Optional packages may be absent:
 * most are for another operating system. npm writes its record last, so an interrupted installation does not match.
 * @param {Lock} lock package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json
 * @param {(path: string) => boolean} exists whether a package's folder is there, by its path from the root
 */
export function installationMatches(lock, installed, exists) {
  const present = installed.packages ?? {};
  return Object.entries(lock.packages ?? {}).every(([path, wanted]) => {
    if (path === '' || wanted.link) return true;
    const found = present[path];
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity && exists(path);
  });
}

/**
 * @param {string} file
 * @returns {Promise<Lock | undefined>}
 */
async function readLock(file) {
  try {
    /** @type {Lock} */
    const lock = JSON.parse(await readFile(file, 'utf8'));
    return lock;
  } catch {
    return undefined;
  }
}

/**
 * Runs `npm ci`, alone in this clone, unless node_modules already holds what package-lock.json names.
 * @param {string} root the repository
 * @param {{ aside?: boolean }} [options] aside: all that is said goes to standard error
 * @throws {SetupError} 'install-failed'
 */
export async function ensureDependencies(root, { aside = false } = {}) {
  const lock = await readLock(join(root, 'package-lock.json'));
  if (!lock) {
    throw new SetupError(
      'install-failed',
      'package-lock.json is missing or unreadable.',
      'Restore it from the repository (git checkout package-lock.json) and run the command again.',
    );
  }
  const tell = aside ? sayAside : say;
  const installed = () => readLock(join(root, 'node_modules', '.package-lock.json'));
  const isInstalled = async () => {
    const packages = await installed();
    return packages !== undefined && installationMatches(lock, packages, (path) => existsSync(join(root, path)));
  };
  const install = async () => {
    tell(
      `${(await installed()) ? 'the packages are not those of package-lock.json' : 'first run'}: installing JavaScript packages (npm ci) ...`,
    );
    const { status } = await runCommand('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      aside,
    });
    if (status !== 0) {
      throw new SetupError(
        'install-failed',
        `npm ci ended with status ${status}.`,
        'Check the network connection and npm’s message above; if a folder is locked, close what uses it, delete node_modules and run the command again.',
      );
    }
  };
  await onceInSetup(root, isInstalled, install, { tell });
}
