import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runCommand, say } from './command.mjs';
import { SetupError } from './setup-error.mjs';
import { onceInSetup } from './setup-lock.mjs';

/** Everything that decides what `dist/` holds. Tests and goldens inside these folders change the print needlessly, never wrongly. */
const INPUTS = [
  'index.html',
  'bench.html',
  'blind.html',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
  'src',
  'public',
  'scripts/vite',
  'models',
];

/**
 * @param {string} path
 * @returns {Promise<string[]>} the files at or below `path`, in a fixed order; none if it does not exist
 */
async function filesBelow(path) {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const nested = await Promise.all(entries.map((entry) => filesBelow(join(path, entry.name))));
  return nested.flat();
}

/**
 * SHA-256 over names and contents of the build's inputs.
 * @param {string} root
 * @param {readonly string[]} [inputs] relative to root
 */
export async function sourceFingerprint(root, inputs = INPUTS) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of await filesBelow(join(root, input))) {
      const content = await readFile(file);
      hash.update(`${file.slice(root.length)}\0${content.byteLength}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

/**
 * Builds `dist/`, alone in this clone, unless it was built from exactly these sources.
 * @param {string} root
 * @throws {SetupError} 'build-failed'
 */
export async function ensureBuild(root) {
  const stamp = join(root, 'node_modules', '.counterpart', 'build.txt');
  let fingerprint = '';
  const isBuilt = async () => {
    fingerprint = await sourceFingerprint(root);
    const built = await readFile(stamp, 'utf8').catch(() => '');
    return built === fingerprint && existsSync(join(root, 'dist', 'index.html'));
  };
  const build = async () => {
    say('building the studio (vite build) ...');
    await rm(stamp, { force: true });
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const { status } = await runCommand(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root });
    if (status !== 0) {
      throw new SetupError(
        'build-failed',
        `The build ended with status ${status}.`,
        'Read the first error above. If you have not changed the sources, delete node_modules and run the command again.',
      );
    }
    await mkdir(dirname(stamp), { recursive: true });
    await writeFile(stamp, fingerprint);
  };
  await onceInSetup(root, isBuilt, build);
}
