/** `node bench/memory.mjs`: what a project of many large versions takes of memory. The work is in memory/main.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/memory/main.ts');
