/** Builds the check page as the studio is built (minified, one worker), and serves it under the studio's own policy. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { listen } from '../../scripts/serve/listen.mjs';
import { createStaticServer } from '../../scripts/serve/static-server.mjs';
import { staticFolders } from '../../scripts/vite/static-folders';
import { tfjsThreads } from '../../scripts/vite/tfjs-threads';
import type { Answer, Check } from './protocol';

const ROOT = resolve(import.meta.dirname, '../..');

export interface EngineSite {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveEngineCheck(): Promise<EngineSite> {
  const outDir = await mkdtemp(join(tmpdir(), 'counterpart-engine-'));
  await build({
    configFile: false,
    logLevel: 'warn',
    root: join(ROOT, 'e2e/engine'),
    plugins: [
      staticFolders([
        { from: join(ROOT, 'models'), to: 'models', include: (path) => !path.startsWith('.') },
        { from: join(ROOT, 'src/engine/fixtures'), to: 'fixtures', include: (path) => path.startsWith('operators.') },
        {
          from: join(ROOT, 'node_modules/@tensorflow/tfjs-backend-wasm/dist'),
          to: 'wasm',
          include: (path) => path.endsWith('.wasm'),
        },
      ]),
    ],
    worker: {
      format: 'es',
      plugins: () => [tfjsThreads()],
      rolldownOptions: {
        output: { entryFileNames: 'assets/worker/[name]-[hash].js', chunkFileNames: 'assets/worker/[name]-[hash].js' },
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

export async function check(page: Page, request: Check): Promise<Answer> {
  return page.evaluate((asked) => globalThis.checkEngine(asked), request);
}

/** The answer, if it is of the kind expected; its text in the error otherwise. */
export function expectKind<Kind extends Answer['kind']>(answer: Answer, kind: Kind): Extract<Answer, { kind: Kind }> {
  if (answer.kind === kind) return answer as Extract<Answer, { kind: Kind }>;
  throw new Error(`expected ${kind}, got ${JSON.stringify(answer)}`);
}
