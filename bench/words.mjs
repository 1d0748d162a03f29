/** `node bench/words.mjs [reports folder] [aliases.json]`, or `--llm URL sentences.jsonl`: how sentences and reports are read. The work is in words.ts; vite runs it without a build. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./words.ts', import.meta.url)), { logLevel: 'error' });
process.exitCode = await module.main(process.argv.slice(2));
