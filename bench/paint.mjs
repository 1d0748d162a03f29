/** `node bench/paint.mjs`: frame times while painting. The work is in paint.ts; vite runs it without a build. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./paint.ts', import.meta.url)), { logLevel: 'error' });
process.exitCode = await module.main();
