#!/usr/bin/env node
/** The command line: runs src/cli from its sources, as the benchmark does, so that there is nothing to build. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { refuseUnsupportedNode } from './setup/node-version.mjs';

refuseUnsupportedNode();
const root = fileURLToPath(new URL('..', import.meta.url));
const { ensureDependencies } = await import('./setup/dependencies.mjs');
await ensureDependencies(root);
const { createServer, createServerModuleRunner } = await import('vite');
const server = await createServer({
  root,
  // What vite.config.ts says is for the page; merged with it, `watch: null` is lost and thousands of files are watched.
  configFile: false,
  logLevel: 'error',
  // Sources are read as they are asked for; nothing is served, watched or prepared for a browser.
  server: { middlewareMode: true, ws: false, watch: null, hmr: false },
  optimizeDeps: { noDiscovery: true, include: [] },
});
const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
/** @type {{ main(args: readonly string[], context: object): Promise<number> }} */
const module = await runner.import('/src/cli/main.ts');
const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
const abort = new AbortController();
// The first gives up what is being made, the second ends at once: the journal holds in both cases.
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(name, () => abort.abort());
process.exitCode = await module.main(process.argv.slice(2), {
  root: pathToFileURL(root.endsWith('/') ? root : `${root}/`),
  version,
  out: (/** @type {string} */ text) => process.stdout.write(text),
  err: (/** @type {string} */ text) => process.stderr.write(text),
  signal: abort.signal,
});
await runner.close();
await server.close();
