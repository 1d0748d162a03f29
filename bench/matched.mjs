/** `node bench/matched.mjs candidates|sheet|score ...`: a blind sheet whose pairs are alike but for the finding. The work is in matched/main.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/matched/main.ts');
