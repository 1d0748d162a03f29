#!/usr/bin/env node
/** The command line: runs src/cli from its sources, as the benchmark does, so that there is nothing to build. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { refuseUnsupportedNode } from './setup/node-version.mjs';
import { runCli } from './setup/run-cli.mjs';
import { messagesPlugin } from './vite/messages-plugin.mjs';

refuseUnsupportedNode();
const root = fileURLToPath(new URL('..', import.meta.url));
const { ensureDependencies } = await import('./setup/dependencies.mjs');
await ensureDependencies(root);
const { createServer, createServerModuleRunner } = await import('vite');
const { messages } = await messagesPlugin();
const server = await createServer({
  root,
  // What vite.config.ts says is for the page; merged with it, `watch: null` is lost and thousands of files are watched.
  configFile: false,
  logLevel: 'error',
  plugins: [messages()],
  // Sources are read as they are asked for; nothing is served, watched or prepared for a browser.
  server: { middlewareMode: true, ws: false, watch: null, hmr: false },
  optimizeDeps: { noDiscovery: true, include: [] },
});
const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
/** @type {import('./setup/run-cli.mjs').Cli} */
const cli = await runner.import('/src/cli/main.ts');
/** @type {{ readonly version: string }} */
const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
await runCli(cli, pathToFileURL(root.endsWith('/') ? root : `${root}/`), version);
await runner.close();
await server.close();
