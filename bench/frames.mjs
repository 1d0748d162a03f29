/** `node bench/frames.mjs [build]`: frame times and long tasks of the studio in dist/, or in another build. The work is in frames/main.ts; vite runs it without a build. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./frames/main.ts', import.meta.url)), {
  logLevel: 'error',
});
process.exitCode = await module.main(process.argv.slice(2));
