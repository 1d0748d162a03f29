/** Runs a benchmark from its sources by vite, with the networks' own dynamic imports. */
import { fileURLToPath } from 'node:url';
import { openSources } from '../scripts/vite/sources.mjs';

/** @param {string} path of a module with `main(args)`, from the root of the repository */
export async function runFromSources(path) {
  const sources = await openSources(fileURLToPath(new URL('..', import.meta.url)));
  const module = /** @type {{ main: (args: string[]) => Promise<number> }} */ (await sources.load(path));
  process.exitCode = await module.main(process.argv.slice(2));
  await sources.close();
}
