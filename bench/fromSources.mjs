/** Runs a benchmark from its sources by vite, with the networks' own dynamic imports. */
import { fileURLToPath } from 'node:url';
import { createServer, createServerModuleRunner } from 'vite';
import { messagesPlugin } from '../scripts/vite/messages-plugin.mjs';

/** @param {string} path of a module with `main(args)`, from the root of the repository */
export async function runFromSources(path) {
  const { messages } = await messagesPlugin();
  const server = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    plugins: [messages()],
    server: { middlewareMode: true, ws: false, watch: null, hmr: false },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
  const module = await runner.import(path);
  process.exitCode = await module.main(process.argv.slice(2));
  await runner.close();
  await server.close();
}
