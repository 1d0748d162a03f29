/** `node bench/dispatches.mjs [--networks denoiser,encoder,decoder] [--rows 3] [--tile "winograd, tiled 32x32"]`: what each dispatch costs on paper. The work is in dispatches.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/dispatches.ts');
