/** `node bench/run-overhead.mjs`: what journal, results, review and export add to a run, and its memory. The work is in run/overhead.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/run/overhead.ts');
