import { delimiter, join } from 'node:path';
import { isExecutable } from './chromium.mjs';

const NAMES = ['firefox', 'firefox-esr'];

/**
 * A Firefox: FIREFOX_PATH when set, else the first found on the PATH.
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 * @returns {string | undefined}
 */
export function findFirefox(environment = process.env) {
  const named = environment['FIREFOX_PATH'];
  if (named) return isExecutable(named) ? named : undefined;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}
