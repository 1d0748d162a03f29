/** `node bench/removed.mjs --drawings folder --data folder --out file`: findings drawn away, where the truth is known. The work is in removed/main.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/removed/main.ts');
