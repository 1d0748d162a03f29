import { messagesPlugin } from './messages-plugin.mjs';

/**
 * Modules of the repository run from their sources by vite, so that there is nothing to build: for the command line and for benchmarks.
 * @param {string} root the repository
 * @returns {Promise<{ load: (path: string) => Promise<unknown>, close: () => Promise<void> }>} `load` takes a path from the root
 */
export async function openSources(root) {
  const { createServer, createServerModuleRunner } = await import('vite');
  const { messages } = await messagesPlugin();
  const server = await createServer({
    root,
    // What vite.config.ts says is for the page; merged with it, `watch: null` is lost and thousands of files are watched.
    configFile: false,
    logLevel: 'error',
    plugins: [messages()],
    // Sources are read as they are asked for; nothing is served, watched or prepared for a browser.
    server: { middlewareMode: true, ws: false, watch: null, hmr: false },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
  return {
    load: (path) => runner.import(path),
    close: async () => {
      await runner.close();
      await server.close();
    },
  };
}
