/** Builds a page with a worker as the studio is built (minified), and serves it under the studio's own policy. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { listen } from '../../scripts/serve/listen.mjs';
import { createStaticServer } from '../../scripts/serve/static-server.mjs';
import { type StaticFolder, staticFolders } from '../../scripts/vite/static-folders';
import { tfjsParts } from '../../scripts/vite/tfjs-parts';
import { tfjsThreads } from '../../scripts/vite/tfjs-threads';

export const REPOSITORY = resolve(import.meta.dirname, '../..');

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** The server gives this folder the policy under which WebAssembly and its threads may run. */
export const WORKER_FOLDER = 'assets/worker';

/** What every such page needs: the networks with their goldens, and tfjs' WebAssembly. */
const FOLDERS: readonly StaticFolder[] = [
  { from: join(REPOSITORY, 'models'), to: 'models', include: (path) => !path.startsWith('.') },
  {
    from: join(REPOSITORY, 'node_modules/@tensorflow/tfjs-backend-wasm/dist'),
    to: 'wasm',
    include: (path) => path.endsWith('.wasm'),
  },
];

/** @param root folder with an index.html, relative to the repository */
export async function serveWorkerPage(root: string, folders: readonly StaticFolder[]): Promise<Site> {
  const outDir = await mkdtemp(join(tmpdir(), 'counterpart-site-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(REPOSITORY, root),
    plugins: [staticFolders([...FOLDERS, ...folders])],
    worker: {
      format: 'es',
      plugins: () => [tfjsThreads(), tfjsParts(join(REPOSITORY, 'src/engine/tfjs/backends/webgpu-kernels.ts'))],
      rolldownOptions: {
        output: {
          entryFileNames: `${WORKER_FOLDER}/[name]-[hash].js`,
          chunkFileNames: `${WORKER_FOLDER}/[name]-[hash].js`,
        },
      },
    },
    build: { outDir, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 4000 },
  });
  const server = await createStaticServer(outDir);
  const port = await listen(server, { port: 0, host: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(outDir, { recursive: true });
    },
  };
}
