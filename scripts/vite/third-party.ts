import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** At the root of the build, linked from its pages. */
export const NOTICES_FILE = 'THIRD-PARTY.md';

const APACHE = 'Apache-2.0';
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)/i;
/** Apache's asks for notices that a package keeps in its sources alone. */
const NOTICE = /\/\*\*?\s*(?:\*\s*)?@license\s*([\s\S]*?)\*\//;

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Of its licence file, or of the notice in the first of its modules that has one. */
  readonly text: string;
}

/** The folder of the package that a module lies in; undefined: it is our own. */
function folderOf(module: string): string | undefined {
  if (!module.includes('node_modules')) return undefined;
  let folder = dirname(module);
  const isPackage = (): boolean => {
    const manifest = join(folder, 'package.json');
    return existsSync(manifest) && 'version' in (JSON.parse(readFileSync(manifest, 'utf8')) as object);
  };
  while (!isPackage()) {
    if (folder.endsWith('node_modules') || folder === dirname(folder)) return undefined;
    folder = dirname(folder);
  }
  return folder;
}

function packageIn(folder: string, modules: readonly string[]): Package {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const own = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const noticed = modules
    .map((module) => NOTICE.exec(readFileSync(module, 'utf8'))?.[1])
    .find((text) => text !== undefined);
  const notice = (noticed ?? '').replace(/^ *\* ?/gm, '').trim();
  return { name, version, licence: license ?? 'see below', text: own.length > 0 ? own.join('\n\n') : notice };
}

/** The packages that modules come from, each with its licence, told once where several have the same text. @param apache the text of that licence */
export function noticesOf(modules: Iterable<string>, apache: string): string {
  const byFolder = new Map<string, string[]>();
  for (const id of modules) {
    const [module = ''] = id.split('?');
    const folder = module.startsWith('\0') ? undefined : folderOf(module);
    if (folder !== undefined && existsSync(module)) byFolder.set(folder, [...(byFolder.get(folder) ?? []), module]);
  }
  const packages = [...byFolder].map(([folder, own]) => packageIn(folder, own));
  const byText = new Map<string, string[]>();
  for (const { name, version, licence, text } of packages)
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${licence})`]);
  const parts = [...byText].map(([text, titles]) => `## ${titles.sort().join(', ')}\n\n${text}`).sort();
  // Named in notices by its address alone.
  if (packages.some(({ licence }) => licence === APACHE)) parts.push(`## ${APACHE}\n\n${apache}`);
  return ['# What others wrote of this app', ...parts].join('\n\n');
}

/**
 * Tells the licences of all packages in the build in one file. Minifiers keep a notice for every module instead, which weighed more
 * than some of the modules. @param apache the text of the Apache License
 */
export function thirdParty(apache: string): Plugin {
  return {
    name: 'counterpart:third-party',
    apply: 'build',
    generateBundle: {
      // After the service worker's list: nobody needs it to work offline.
      order: 'post',
      handler(_options, bundle) {
        const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
        this.emitFile({ type: 'asset', fileName: NOTICES_FILE, source: noticesOf(modules, apache) });
      },
    },
  };
}
