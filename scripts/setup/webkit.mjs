import { delimiter, join } from 'node:path';
import { isExecutable } from './chromium.mjs';

/**
 * What drives WebKitGTK without a screen (Debian: webkit2gtk-driver and xvfb).
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 * @param {(file: string) => boolean} [exists]
 * @returns {{ driver: string, screen: string } | undefined} both programs; undefined if one is missing
 */
export function findWebKit(environment = process.env, exists = isExecutable) {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  const find = (/** @type {string} */ name) => folders.map((folder) => join(folder, name)).find((file) => exists(file));
  const driver = environment['WEBKIT_DRIVER_PATH'] ?? find('WebKitWebDriver');
  const screen = find('Xvfb');
  return driver && screen ? { driver, screen } : undefined;
}
