/** `node bench/swap.mjs --films films.txt --out folder`: swaps by zones alone, with the donor's shape, and with its pathology, measured. The work is in swap/main.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/swap/main.ts');
