/** `node bench/drawnFilms.mjs --data FOLDER --count 200 --out FOLDER`: films of the training split with a finding drawn on each, for the denoiser. The work is in drawnFilms.ts. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./drawnFilms.ts', import.meta.url)), {
  logLevel: 'error',
});
process.exitCode = await module.main(process.argv.slice(2));
