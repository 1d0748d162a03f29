import type { Plugin } from 'vite';

const FACTORY = /^var WasmBackendModuleThreadedSimd = (\(\(\) => \{[\s\S]*?^\}\)\(\));$/m;

/**
 * The module's source with a factory that prints as it was written; unchanged text elsewhere.
 * @throws Error when the file does not look as expected: a new release of tfjs, for which to look again
 */
export function keepFactoryText(code: string): string {
  const text = FACTORY.exec(code)?.[1];
  if (text === undefined) throw new Error('tfjs-threads: the threaded WebAssembly factory was not found.');
  return `${code}\nWasmBackendModuleThreadedSimd.toString = () => ${JSON.stringify(text)};\n`;
}

/**
 * Leaves the threaded binary's scripts behind, for pages that start tfjs with one thread: as the last resort, without SIMD, it
 * could not use them.
 */
export function tfjsWithoutThreads(): Plugin {
  return {
    name: 'counterpart:tfjs-without-threads',
    apply: 'build',
    transform: {
      filter: { id: /tfjs-backend-wasm-threaded-simd(?:\.worker)?\.js(?:\?|$)/ },
      handler: (_, id) => ({
        code: id.includes('.worker.') ? "export const wasmWorkerContents = '';" : 'export default undefined;',
        map: null,
      }),
    },
  };
}

/**
 * Lets the threads of tfjs-backend-wasm survive minification. The backend starts its threads from the text of a
 * function (`wasmFactoryThreadedSimd.toString()`) that mentions a variable outside itself behind
 * `typeof _scriptDir !== "undefined"`. A minifier sees the variable, renames it and drops the guard; the text then
 * throws in every thread, and the studio would wait for ever. So the function keeps the text that Emscripten wrote.
 */
export function tfjsThreads(): Plugin {
  return {
    name: 'counterpart:tfjs-threads',
    transform: {
      filter: { id: /tfjs-backend-wasm-threaded-simd\.js(?:\?|$)/ },
      handler: (code) => ({ code: keepFactoryText(code), map: null }),
    },
  };
}
