import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const LISTED = /^import \{ (\w+Config) \} from/gm;
const KERNELS = /const kernelConfigs = \[([^\]]*)\];/;
const OPTIMIZERS = 'registerOptimizers();';
const IMAGE = /const image = \{[^}]*\};/;
const IO_IMPORT = "import * as io from './io/io';";
const IO_EXPORT = 'export { browser, io, math';
const STORE_IMPORTS = /^import \{[^}]*\} from '\.\.\/io\/\w+';$/gm;
const STORES = /^ {4}try \{\s*ModelStoreManagerRegistry\.registerManager\([^;]*;\s*\}\s*catch \(err\) \{\s*\}/gm;
const SHARED = /import \* as shared from ('[^']+');\s*const \{([^}]*)\} = shared;/;

function replaced(code: string, part: string | RegExp, by: (match: string, ...groups: string[]) => string): string {
  const after = code.replace(part, by);
  if (after === code) throw new Error(`tfjs-parts: ${String(part)} was not found.`);
  return after;
}

/** @returns the names of the kernels that a module imports, in tfjs' spelling ("addConfig") */
export function listedKernels(code: string): ReadonlySet<string> {
  return new Set([...code.matchAll(LISTED)].map(([, name = '']) => name));
}

/** @throws Error when a wanted kernel is not there, or the file does not look as expected */
export function keepKernels(code: string, wanted: ReadonlySet<string>): string {
  return replaced(code, KERNELS, (_, list = '') => {
    const offered = list.split(',').map((name) => name.trim());
    const missing = [...wanted].filter((name) => !offered.includes(name));
    if (missing.length > 0) throw new Error(`tfjs-parts: there is no ${missing.join(', ')}.`);
    return `const kernelConfigs = [${[...wanted].join(', ')}];`;
  }).replace(LISTED, (line, name: string) => (wanted.has(name) ? line : `// ${line}`));
}

/** @throws Error when the file does not look as expected */
export function dropOptimizers(code: string): string {
  return replaced(code, OPTIMIZERS, () => '');
}

/** Of the operators on images the one that is called (kernels/resampling.ts). @throws Error when the file does not look as expected */
export function keepResize(code: string): string {
  return replaced(code, IMAGE, () => 'const image = { resizeNearestNeighbor };');
}

/** Saving and loading of tfjs' own models. @throws Error when the file does not look as expected */
export function dropModels(code: string): string {
  return replaced(
    replaced(code, IO_IMPORT, () => ''),
    IO_EXPORT,
    () => 'export { browser, math',
  );
}

/** Where tfjs' own models are kept in a browser. @throws Error when the file does not look as expected */
export function dropStores(code: string): string {
  return replaced(
    replaced(code, STORE_IMPORTS, () => ''),
    STORES,
    () => '',
  );
}

/** Names what is taken out of the namespace, so that the rest of it can be left behind. @throws Error as above */
export function nameShared(code: string): string {
  return replaced(code, SHARED, (_, from = '', names = '') => `import {${names.replaceAll(':', ' as')}} from ${from};`);
}

/**
 * A module of the WebGPU backend without what only people read in its shaders: indents and lines of comment. In the script around them
 * they mean as little.
 */
export function shortenShaders(code: string): string {
  return code.replace(/^[ \t]+/gm, '').replace(/^\/\/[^\n`]*\n/gm, '');
}

/**
 * Leaves those parts of tfjs behind that no network here uses: kernels of the WebAssembly backend that `kernels` (the
 * module that picks those of WebGPU) does not pick either, optimizers, its own models' files, operators on images, and the CPU's kernels
 * that nothing calls.
 */
export function tfjsParts(kernels: string): Plugin[] {
  const wanted = listedKernels(readFileSync(kernels, 'utf8'));
  const parts: Plugin = {
    name: 'counterpart:tfjs-parts',
    apply: 'build',
    transform: {
      filter: {
        id: /@tensorflow[\\/](?:tfjs-core[\\/]dist[\\/](?:index|base|ops[\\/]ops|platforms[\\/]platform_browser)|tfjs-backend-wasm[\\/]dist[\\/]register_all_kernels|tfjs-backend-webgpu[\\/]dist[\\/]kernel_utils[\\/]shared)\.js(?:\?|$)/,
      },
      handler: (code, id) => {
        if (/tfjs-core[\\/]dist[\\/]index/.test(id)) return { code: dropOptimizers(code), map: null };
        if (/tfjs-core[\\/]dist[\\/]base/.test(id)) return { code: dropModels(code), map: null };
        if (/platform_browser/.test(id)) return { code: dropStores(code), map: null };
        if (/tfjs-core/.test(id)) return { code: keepResize(code), map: null };
        if (/kernel_utils/.test(id)) return { code: nameShared(code), map: null };
        return { code: keepKernels(code, wanted), map: null };
      },
    },
  };
  const shaders: Plugin = {
    name: 'counterpart:tfjs-shaders',
    apply: 'build',
    transform: {
      filter: { id: /@tensorflow[\\/]tfjs-backend-webgpu[\\/]dist[\\/].*\.js(?:\?|$)/ },
      handler: (code) => ({ code: shortenShaders(code), map: null }),
    },
  };
  return [parts, shaders];
}
