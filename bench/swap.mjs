/** `node bench/swap.mjs --films films.txt --out folder`: swaps by zones alone and with the donor's shape, measured. The work is in swap/main.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/swap/main.ts');
