/** `node bench/beside.mjs [--edit erase] [--side 3000] [--rounds 9]`: what an edit costs beside its networks. The work is in beside.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/beside.ts');
