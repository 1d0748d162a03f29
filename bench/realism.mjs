/** `node bench/realism.mjs reference --films films.csv --out folder`: the reference of real lungs, and how it tells artefacts. The work is in realism/main.ts. */
import { fileURLToPath } from 'node:url';
import { createServer, createServerModuleRunner } from 'vite';

// vite runs it from its sources.
const server = await createServer({
  root: fileURLToPath(new URL('..', import.meta.url)),
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, ws: false, watch: null, hmr: false },
  optimizeDeps: { noDiscovery: true, include: [] },
});
const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
const module = await runner.import('/bench/realism/main.ts');
process.exitCode = await module.main(process.argv.slice(2));
await runner.close();
await server.close();
