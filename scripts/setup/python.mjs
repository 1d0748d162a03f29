import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, say } from './command.mjs';
import { installDebianPackages, mayInstallDebianPackages } from './debian.mjs';
import { SetupError } from './setup-error.mjs';

const CANDIDATES = ['python3.11', 'python3', 'python3.12', 'python3.13', 'python'];
const PROBE = 'import sys, ensurepip, venv; print("%d.%d" % sys.version_info[:2])';

/**
 * The exact version of torch, from the lock file or else from the project's dependencies. It is installed in a call of
 * its own, first: resolved together with the rest, pip may choose a build with gigabytes of CUDA libraries.
 * @param {string} lock contents of requirements.lock
 * @param {string} project contents of pyproject.toml
 * @returns {string} such as 'torch==2.13.0'
 * @throws {SetupError} 'python-failed'
 */
export function torchRequirement(lock, project) {
  const found = /^torch==[^\s;\\]+/m.exec(lock) ?? /(?<=["'])torch==[^\s;"']+/.exec(project);
  if (found) return found[0];
  throw new SetupError(
    'python-failed',
    'Neither training/requirements.lock nor training/pyproject.toml names an exact version of torch.',
    'Name one (torch==X.Y.Z) and run the command again.',
  );
}

/**
 * @param {string} version such as '3.11'
 * @returns {boolean}
 */
export function isSupportedPython(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 3 && minor >= 11;
}

/** @returns {Promise<string | undefined>} a Python 3.11 or later that can make virtual environments */
async function findPython() {
  for (const name of CANDIDATES) {
    const { status, output } = await runCommand(name, ['-c', PROBE], { quiet: true });
    if (status === 0 && isSupportedPython(output.trim())) return name;
  }
  return undefined;
}

async function ensurePython() {
  const found = await findPython();
  if (found) return found;
  if (mayInstallDebianPackages()) {
    say('no usable Python found: installing it (apt-get install python3 python3-venv) ...');
    await installDebianPackages(['python3', 'python3-venv']);
  }
  const installed = await findPython();
  if (installed) return installed;
  throw new SetupError(
    'python-missing',
    'Python 3.11 or later with its venv module was not found.',
    'Install it (Debian: sudo apt-get install python3 python3-venv) and run the command again.',
  );
}

/**
 * The interpreter of the repository's environment `.venv`.
 * @param {string} root
 */
export function environmentPython(root) {
  return process.platform === 'win32'
    ? join(root, '.venv', 'Scripts', 'python.exe')
    : join(root, '.venv', 'bin', 'python');
}

/**
 * Makes `.venv` and installs the training package with exactly what training/requirements.lock names, unless a stamp
 * says that this was done for the same files.
 * @param {string} root
 * @returns {Promise<string>} the environment's interpreter
 * @throws {SetupError} 'python-missing' | 'python-failed'
 */
export async function ensurePythonEnvironment(root) {
  const lockFile = join(root, 'training', 'requirements.lock');
  const projectFile = join(root, 'training', 'pyproject.toml');
  const [lock, project] = await Promise.all(
    [lockFile, projectFile].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  if (!lock || !project) {
    throw new SetupError(
      'python-failed',
      `${lock ? projectFile : lockFile} is missing.`,
      'Restore the folder training/ from the repository and run the command again.',
    );
  }
  const python = environmentPython(root);
  const stamp = join(root, '.venv', 'counterpart.txt');
  const fingerprint = createHash('sha256').update(lock).update(project).digest('hex');
  if (existsSync(python) && (await readFile(stamp, 'utf8').catch(() => '')) === fingerprint) return python;

  const base = await ensurePython();
  say('making the Python environment .venv (a few minutes the first time) ...');
  await rm(stamp, { force: true });
  const torch = torchRequirement(lock, project);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  /** @type {readonly (readonly [string, readonly string[]])[]} */
  const steps = [
    [base, ['-m', 'venv', join(root, '.venv')]],
    [python, [...pip, torch]],
    [python, [...pip, '-r', lockFile]],
    [python, [...pip, '--no-deps', '-e', join(root, 'training')]],
  ];
  for (const [program, args] of steps) {
    say(`  python ${args.map((arg) => arg.replace(`${root}/`, '')).join(' ')}`);
    const { status } = await runCommand(program, args, { cwd: root });
    if (status !== 0) {
      throw new SetupError(
        'python-failed',
        `python ${args.join(' ')} ended with status ${status}.`,
        'Check the network connection and the message above; then delete .venv and run the command again.',
      );
    }
  }
  await writeFile(stamp, fingerprint);
  return python;
}
