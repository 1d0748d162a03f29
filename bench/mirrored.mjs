/** `node bench/mirrored.mjs --data FOLDER [--every 1]`: how many mirrored films are noticed, and how many others are taken for one. The work is in mirrored/main.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/mirrored/main.ts');
