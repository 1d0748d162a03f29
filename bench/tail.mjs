/** `node bench/tail.mjs --films films.txt --out folder`: every drawn finding on real films, measured. The work is in tail/main.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/tail/main.ts');
