import { spawn } from 'node:child_process';
import { withoutSecrets } from './secrets.mjs';

/**
 * The command that opens an address in the user's browser, or undefined where there is no desktop to open it on.
 * @param {string} address
 * @param {NodeJS.Platform} platform
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {readonly [program: string, ...args: string[]] | undefined}
 */
export function openerFor(address, platform, environment) {
  if (environment['CI']) return undefined;
  if (platform === 'darwin') return ['open', address];
  if (platform === 'win32') return ['explorer.exe', address];
  if (environment['DISPLAY'] || environment['WAYLAND_DISPLAY']) return ['xdg-open', address];
  return undefined;
}

/**
 * Opens the address if there is a desktop; a desktop without an opener is no reason to stop.
 * @param {string} address
 */
export function openOnDesktop(address) {
  const opener = openerFor(address, process.platform, process.env);
  if (!opener) return;
  const [program, ...args] = opener;
  const child = spawn(program, args, { stdio: 'ignore', detached: true, env: withoutSecrets(process.env) });
  child.once('error', () => undefined);
  child.unref();
}
