import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plugin } from 'vite';

/** Stands in the service worker's source for the list of files. */
const PLACEHOLDER = '__PRECACHE__';
/** At the root, because a service worker rules what lies below its own address. */
export const SERVICE_WORKER_FILE = 'service-worker.js';
/** The networks have a store of their own, keyed by hash (src/networks/cache.ts). */
const NETWORK_FILE = /^models\/[^/]+\/(?:graph\.json|weights\.safetensors)$/;
/** The benchmark is for when there is a server. */
const BENCHMARK_FILE = /^(?:bench\.html|models\/[^/]+\/goldens\.safetensors)$/;
/** Ten megabytes that are fetched by the few who bring a language model. */
const MODEL_RUNTIME_FILE = /\/(?:languageModelWorker|wllama)-[^/]+\.(?:js|wasm)$/;
/** The server puts a fresh nonce into every page, so its hash is not known beforehand: one that is asked for keeps the whole version from being installed. */
const PAGE = /\.html$/;

interface Entry {
  readonly path: string;
  readonly integrity?: string;
}

const sha256 = (bytes: string | Uint8Array, encoding: 'base64' | 'hex'): string =>
  createHash('sha256').update(bytes).digest(encoding);

/** What the service worker keeps: every file of the build but the networks, the benchmark, the runtime of language models and itself, each with its hash. */
export function precacheOf(files: ReadonlyMap<string, string | Uint8Array>): {
  readonly version: string;
  readonly files: readonly Entry[];
} {
  const kept = [...files.keys()]
    .filter(
      (path) =>
        path !== SERVICE_WORKER_FILE &&
        !path.endsWith('.map') &&
        !NETWORK_FILE.test(path) &&
        !BENCHMARK_FILE.test(path) &&
        !MODEL_RUNTIME_FILE.test(path),
    )
    .sort();
  const hashed = kept.map((path) => ({ path, integrity: `sha256-${sha256(files.get(path) ?? '', 'base64')}` }));
  const version = sha256(JSON.stringify(hashed), 'hex').slice(0, 16);
  return { version, files: hashed.map((entry) => (PAGE.test(entry.path) ? { path: entry.path } : entry)) };
}

function publicFiles(folder: string): [string, Uint8Array][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [
        file
          .slice(folder.length + 1)
          .split(sep)
          .join('/'),
        readFileSync(file),
      ];
    });
}

/** Writes the list of the build's files into the service worker. @throws Error when the build has no service worker */
export function serviceWorker(): Plugin {
  let publicFolder = '';
  return {
    name: 'counterpart:service-worker',
    apply: 'build',
    configResolved: (config) => {
      publicFolder = config.publicDir;
    },
    generateBundle: {
      // After whatever else emits files.
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle[SERVICE_WORKER_FILE];
        if (worker?.type !== 'chunk') throw new Error('service-worker: the build has none.');
        const files = new Map<string, string | Uint8Array>(publicFiles(publicFolder));
        for (const [path, part] of Object.entries(bundle))
          files.set(path, part.type === 'chunk' ? part.code : part.source);
        if (!worker.code.includes(PLACEHOLDER))
          throw new Error('service-worker: its source has no place for the list.');
        worker.code = worker.code.replace(PLACEHOLDER, () => JSON.stringify(precacheOf(files)));
      },
    },
  };
}
