/** `node bench/sketchedSet.mjs --data FOLDER --source nih --count 44 --onto any --out FOLDER`: folders of sketched findings for `training protocol`. The work is in sketchedSet.ts. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./sketchedSet.ts', import.meta.url)), {
  logLevel: 'error',
});
process.exitCode = await module.main(process.argv.slice(2));
