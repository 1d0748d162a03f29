/** `node bench/scaling.mjs`: results a minute of 1, 2 and 4 processes of the command line. The work is in run/scaling.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/run/scaling.ts');
