import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say } from './command.mjs';
import { installDebianPackages, mayInstallDebianPackages } from './debian.mjs';
import { SetupError } from './setup-error.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const APPLICATIONS = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A Chromium-family browser: CHROMIUM_PATH when set, else the first found on the PATH or where its installer puts it.
 * @param {{ environment?: Readonly<Record<string, string | undefined>>, platform?: NodeJS.Platform, exists?: (file: string) => boolean }} [machine]
 * @returns {string | undefined}
 */
export function findChromium({ environment = process.env, platform = process.platform, exists = isExecutable } = {}) {
  const named = environment['CHROMIUM_PATH'];
  if (named) return exists(named) ? named : undefined;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = platform === 'win32' ? [] : NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const installed = platform === 'darwin' || platform === 'win32' ? APPLICATIONS[platform] : [];
  return [...onPath, ...installed].find(exists);
}

/**
 * Finds a Chromium, or installs Debian's where this process may.
 * @throws {SetupError} 'chromium-missing'
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.env['CHROMIUM_PATH']) {
    throw new SetupError(
      'chromium-missing',
      `CHROMIUM_PATH names ${process.env['CHROMIUM_PATH']}, which cannot be executed.`,
      'Correct CHROMIUM_PATH, or unset it to have a browser looked for.',
    );
  }
  if (mayInstallDebianPackages()) {
    say('no Chromium found: installing it (apt-get install chromium) ...');
    await installDebianPackages(['chromium']);
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new SetupError(
    'chromium-missing',
    'No Chromium, Chrome or Edge was found for the browser tests.',
    'Install Chromium (Debian: sudo apt-get install chromium) or set CHROMIUM_PATH to a browser’s executable.',
  );
}
