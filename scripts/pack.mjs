/**
 * `npm run pack`: the command line as a package that installs anywhere, without a network and without the tools that build it:
 * `npm install --global counterpart-<version>.tgz`. Its code is bundled, its networks and samples lie beside it.
 */
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './setup/dependencies.mjs';
import { runCommand, say } from './setup/command.mjs';
import { refuseUnsupportedNode } from './setup/node-version.mjs';
import { reportFailure, SetupError } from './setup/setup-error.mjs';

/** What an edit needs of models/; the goldens of the tests stay behind. */
const SHIPPED =
  /^(?:manifest\.json|[^/]+\/(?:graph\.json|weights\.safetensors|neighbours\.safetensors|card\.md)|samples\/.+)$/;

const root = fileURLToPath(new URL('..', import.meta.url));
const to = join(root, 'dist', 'package');

async function copyModels() {
  const from = join(root, 'models');
  for (const path of await readdir(from, { recursive: true })) {
    const file = path.split('\\').join('/');
    if (!SHIPPED.test(file) || !(await stat(join(from, file))).isFile()) continue;
    await mkdir(dirname(join(to, 'models', file)), { recursive: true });
    await cp(join(from, file), join(to, 'models', file));
  }
}

async function describe() {
  /** @type {Record<string, unknown>} */
  const { name, version, license, engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const facts = {
    name,
    version,
    description:
      'Counterfactual chest radiographs on the command line. For research and education; not a medical device.',
    license,
    type: 'module',
    engines,
    bin: { counterpart: 'counterpart.mjs' },
  };
  await writeFile(join(to, 'package.json'), `${JSON.stringify(facts, null, 2)}\n`);
  for (const file of ['LICENSE', 'MODELS-LICENSE']) await cp(join(root, file), join(to, file));
  await cp(join(root, 'docs', 'cli.md'), join(to, 'README.md'));
  return `${String(name)}-${String(version)}.tgz`;
}

try {
  refuseUnsupportedNode();
  await ensureDependencies(root);
  await rm(to, { recursive: true, force: true });
  const { bundleCommandLine } = await import('./pack/bundle.mjs');
  await bundleCommandLine(root, to);
  await copyModels();
  const file = await describe();
  const { status } = await runCommand('npm', ['pack', to, '--silent', '--pack-destination', join(root, 'dist')], {
    cwd: root,
  });
  if (status !== 0)
    throw new SetupError('pack-failed', 'npm could not pack the command line.', 'Read what npm wrote above.');
  const { size } = await stat(join(root, 'dist', file));
  say(`dist/${file}: ${(size / 1e6).toFixed(1)} MB. Install it with: npm install --global ./dist/${file}`);
} catch (error) {
  reportFailure(error);
}
