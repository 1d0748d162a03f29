#!/usr/bin/env node
/** The command line as it is packed: one file beside models/, with everything that it needs in it or in lib/. */
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { refuseUnsupportedNode } from '../setup/node-version.mjs';
import { runCli } from '../setup/run-cli.mjs';

refuseUnsupportedNode();
const cli = /** @type {import('../setup/run-cli.mjs').Cli} */ (await import('../../src/cli/main.ts'));
/** @type {{ readonly version: string }} */
const { version } = JSON.parse(await readFile(new URL('./package.json', import.meta.url), 'utf8'));
const threadStarter = () => Promise.resolve(() => new Worker(new URL('./lib/thread.cjs', import.meta.url)));
await runCli(cli, new URL('./', import.meta.url), version, threadStarter);
