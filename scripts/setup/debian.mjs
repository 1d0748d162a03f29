import { existsSync } from 'node:fs';
import { runCommand } from './command.mjs';

/** Can this process install Debian packages? */
export function mayInstallDebianPackages() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether apt-get said that they are installed
 */
export async function installDebianPackages(packages) {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runCommand('apt-get', ['update', '-qq'], { env: environment, quiet: true });
  if (update.status !== 0) console.error(update.output);
  const install = await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env: environment,
    quiet: true,
  });
  if (install.status !== 0) console.error(install.output);
  return install.status === 0;
}
