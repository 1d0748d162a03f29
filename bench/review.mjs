/** `node bench/review.mjs [build]`: frames of the review's grid while 500 results are scrolled, in the studio in dist/ or in another build. The work is in review/main.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/review/main.ts');
