import { spawn } from 'node:child_process';
import { withoutSecrets } from './secrets.mjs';

/**
 * Runs a program to its end with its output passed through and no standard input.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Readonly<Record<string, string | undefined>>, quiet?: boolean, aside?: boolean, timeoutSeconds?: number }} [options]
 * @returns {Promise<{ status: number, output: string }>} `status` is 127 when the program could not be started and 124 when it ran past its time; `output` is collected when quiet; aside, what it prints goes to standard error
 */
export function runCommand(program, args, options = {}) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: withoutSecrets({ ...process.env, ...options.env }),
      stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', options.aside ? 2 : 'inherit', 'inherit'],
      timeout: (options.timeoutSeconds ?? 0) * 1000,
      // npm is a .cmd file on Windows, which only a shell can start.
      shell: process.platform === 'win32' && program === 'npm',
    });
    child.stdout?.on('data', (chunk) => (output += String(chunk)));
    child.stderr?.on('data', (chunk) => (output += String(chunk)));
    child.once('error', (error) => resolve({ status: 127, output: output + error.message }));
    child.once('close', (code, signal) => resolve({ status: code ?? (signal === 'SIGTERM' ? 124 : 1), output }));
  });
}

/** @param {string} text */
export function say(text) {
  console.log(`counterpart: ${text}`);
}

/**
 * To standard error: where the output of a command is read by another program.
 * @param {string} text
 */
export function sayAside(text) {
  console.error(`counterpart: ${text}`);
}
