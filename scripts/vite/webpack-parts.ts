import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { Plugin } from 'vite';

/** A package whose authors ship one file that webpack made of ES modules, in the form that it has for development. */
export interface Bundle {
  /** Absolute path of that file. */
  readonly file: string;
  /** What of its entry is used; the default export of the package has these alone. */
  readonly used: readonly string[];
  /** Modules that nothing reaches the way the package is used here. What they export is undefined. */
  readonly without?: readonly string[];
}

const ENTRY = './index.js';
const MODULE = /^\/\*{3}\/ "([^"]+)":\n\/\*![\s\S]*?\/\*{3}\/ \(function\([^)]*\) \{\n([\s\S]*?)\n\/\*{3}\/ \}\)/gm;
const STRICT = /^\s*"use strict";\n__webpack_require__\.r\(__webpack_exports__\);\n/;
const IMPORT = /^\/\* harmony import \*\/ var (\w+) = __webpack_require__\(\/\*! .*? \*\/ "([^"]+)"\);$/gm;
const EXPORT =
  /^\/\* harmony (?:export \(binding\)|reexport \(safe\)) \*\/ __webpack_require__\.d\(__webpack_exports__, "(\w+)", function\(\) \{ return (\w+)(?:\["(\w+)"\])?; \}\);$/gm;
const DEFAULT = /^\/\* harmony default export \*\/ __webpack_exports__\["default"\] = /m;
const MEMBER = /\b(\w+__WEBPACK_IMPORTED_MODULE_\d+__)\["(\w+)"\]/g;
const CALL = /\bObject\((\w+__WEBPACK_IMPORTED_MODULE_\d+__\.\w+)\)\(/g;
/** Node's own; asked for in a branch that only Node takes. */
const OF_NODE = /__webpack_require__\(\/\*! zlib \*\/ "zlib"\)/g;

/** @returns the text of each module by its name, as webpack wrote it. @throws Error when there is none */
export function modulesIn(bundle: string): ReadonlyMap<string, string> {
  const found = new Map([...bundle.matchAll(MODULE)].map(([, name = '', text = '']) => [name, text]));
  if (!found.has(ENTRY)) throw new Error('webpack-parts: this is no bundle of ES modules made for development.');
  return found;
}

/**
 * A module as its author wrote it, so far as it matters: with imports and exports that a bundler can follow.
 * @param address what to import a module of the same file by. @throws Error when something of webpack is left
 */
export function asModule(text: string, address: (module: string) => string): string {
  const from = new Map([...text.matchAll(IMPORT)].map(([, variable = '', module = '']) => [variable, module]));
  const restored = text
    .replace(STRICT, '')
    .replace(OF_NODE, 'undefined')
    .replace(IMPORT, (_, variable: string, module: string) => `import * as ${variable} from '${address(module)}';`)
    .replace(EXPORT, (_, name: string, variable: string, member: string | undefined) => {
      if (member === undefined) return `export { ${variable} as ${name} };`;
      return `export { ${member} as ${name} } from '${address(from.get(variable) ?? '')}';`;
    })
    .replace(DEFAULT, 'export default ')
    .replace(MEMBER, '$1.$2')
    .replace(CALL, '(0, $1)(');
  const left = /__webpack_\w+/.exec(restored);
  if (left !== null) throw new Error(`webpack-parts: ${left[0]} is left`);
  return restored;
}

/** A module that exports the same names, and nothing by them. */
export function emptied(text: string): string {
  const names = [...text.matchAll(EXPORT)].map(([, name = '']) => name).filter((name) => name !== 'default');
  return `export default undefined;\n${names.map((name) => `export const ${name} = undefined;\n`).join('')}`;
}

/**
 * Gives a package that comes as one file made by webpack as the modules that it was made of, so that the bundler leaves behind what
 * nobody calls.
 * @param bundles by the names that they are imported by
 */
export function webpackParts(bundles: Readonly<Record<string, Bundle>>): Plugin {
  const modules = new Map<string, ReadonlyMap<string, string>>();
  const address = (file: string, module: string) => `${file}?part=${encodeURIComponent(posix.normalize(module))}`;
  return {
    name: 'counterpart:webpack-parts',
    apply: 'build',
    enforce: 'pre',
    resolveId(id) {
      const { file } = bundles[id] ?? {};
      if (file !== undefined) return { id: `${file}?part`, moduleSideEffects: false };
      return id.includes('?part=') ? { id, moduleSideEffects: false } : undefined;
    },
    load: {
      filter: { id: /\?part(?:=|$)/ },
      handler(id) {
        const [file = '', query = ''] = id.split('?part');
        const bundle = Object.values(bundles).find((each) => each.file === file);
        if (bundle === undefined) return undefined;
        const at = (module: string) => address(file, module);
        if (query === '') {
          const names = bundle.used.join(', ');
          return `import { ${names} } from '${at(ENTRY)}';\nexport default { ${names} };`;
        }
        const all = modules.get(file) ?? modulesIn(readFileSync(file, 'utf8'));
        modules.set(file, all);
        const textOf = (module: string) => all.get(module) ?? all.get(`./${module}`);
        const name = decodeURIComponent(query.slice(1));
        for (const module of bundle.without ?? [])
          if (textOf(module) === undefined) throw new Error(`webpack-parts: there is no ${module} in ${file}.`);
        const text = textOf(name);
        if (text === undefined) throw new Error(`webpack-parts: there is no ${name} in ${file}.`);
        const isLeft = bundle.without?.some((module) => posix.normalize(module) === name) ?? false;
        return isLeft ? emptied(text) : asModule(text, at);
      },
    },
  };
}
