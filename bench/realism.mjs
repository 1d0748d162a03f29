/** `node bench/realism.mjs reference --films films.csv --out folder`: the reference of real lungs, and how it tells artefacts. The work is in realism/main.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/realism/main.ts');
