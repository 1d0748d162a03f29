/**
 * `node bench/memory.mjs`: what a project of many large versions takes of memory. The work is in memory/main.ts;
 * vite runs it from its sources.
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
const module = await runner.import('/bench/memory/main.ts');
process.exitCode = await module.main(process.argv.slice(2));
await runner.close();
await server.close();
