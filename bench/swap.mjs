/**
 * `node bench/swap.mjs --films films.txt --out folder`: swaps by zones alone and with the donor's shape, measured. The work is in
 * swap/main.ts; vite runs it from its sources.
 */
import { fileURLToPath } from 'node:url';
import { createServer, createServerModuleRunner } from 'vite';

const server = await createServer({
  root: fileURLToPath(new URL('..', import.meta.url)),
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, ws: false, watch: null, hmr: false },
  optimizeDeps: { noDiscovery: true, include: [] },
});
const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
const module = await runner.import('/bench/swap/main.ts');
process.exitCode = await module.main(process.argv.slice(2));
await runner.close();
await server.close();
