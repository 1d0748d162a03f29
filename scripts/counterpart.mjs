#!/usr/bin/env node
/** The command line: runs src/cli from its sources, as the benchmark does, so that there is nothing to build. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { refuseUnsupportedNode } from './setup/node-version.mjs';
import { runCli } from './setup/run-cli.mjs';
import { openSources } from './vite/sources.mjs';
import { bundleThread } from './vite/thread.mjs';

refuseUnsupportedNode();
const root = fileURLToPath(new URL('..', import.meta.url));
const { ensureDependencies } = await import('./setup/dependencies.mjs');
const { reportFailure } = await import('./setup/setup-error.mjs');

try {
  // Standard output is the command's own: with --json another program reads it.
  await ensureDependencies(root, { aside: true });
  const sources = await openSources(root);
  const cli = /** @type {import('./setup/run-cli.mjs').Cli} */ (await sources.load('/src/cli/main.ts'));
  /** @type {{ readonly version: string }} */
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  const threadStarter = async () => {
    const script = await bundleThread(root);
    return () => new Worker(script, { eval: true });
  };
  await runCli(cli, pathToFileURL(root.endsWith('/') ? root : `${root}/`), version, threadStarter);
  await sources.close();
} catch (error) {
  reportFailure(error);
}
