/** WebAssembly of packages, which the sources name in node_modules, goes beside the packed code. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';

const NAMED = /new URL\(\s*'([^']+\.wasm)',\s*import\.meta\.url\s*,?\s*\)/g;

/** @returns {import('vite').Plugin} */
export function wasmBeside() {
  return {
    name: 'counterpart:wasm-beside',
    // Before TypeScript is taken out: quotes are as they were written.
    enforce: 'pre',
    transform: {
      filter: { id: /[\\/]src[\\/].*\.ts$/, code: /\.wasm'/ },
      async handler(code, id) {
        let beside = code;
        for (const [whole, path = ''] of code.matchAll(NAMED)) {
          const source = await readFile(resolve(dirname(id), path));
          // Chunks lie in lib/, too.
          this.emitFile({ type: 'asset', fileName: `lib/${basename(path)}`, source });
          beside = beside.replace(whole, `new URL('./${basename(path)}', import.meta.url)`);
        }
        return { code: beside, map: null };
      },
    },
  };
}
