/** Serves the build from the process that runs the tests: when that ends, however it ends, so does the server. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { listen } from '../scripts/serve/listen.mjs';
import { createStaticServer } from '../scripts/serve/static-server.mjs';

const DIST = resolve(import.meta.dirname, '../dist');

/** @returns what ends it */
export default async function serve(): Promise<() => Promise<void>> {
  if (!existsSync(DIST)) throw new Error('There is no build in dist/. Run npm run build first.');
  const server = await createStaticServer(DIST);
  await listen(server, { port: Number(process.env['COUNTERPART_E2E_PORT']), host: '127.0.0.1', strict: true });
  return () =>
    new Promise((stopped) => {
      server.close(() => {
        stopped();
      });
      server.closeAllConnections();
    });
}
