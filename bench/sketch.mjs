/** `node bench/sketch.mjs [--drag] [finding …]`: how long drawing takes at 1,000 and 3,000 pixels, or a redraw while a slider moves. The work is in sketch.ts; vite runs it without a build. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./sketch.ts', import.meta.url)), { logLevel: 'error' });
process.exitCode = await module.main(process.argv.slice(2));
