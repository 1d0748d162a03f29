/** `node bench/undo.mjs --films films.txt --data folder --out undo.json`: erasures undone from what their recipes keep. The work is in undo/main.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/undo/main.ts');
