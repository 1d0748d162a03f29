import { fileURLToPath } from 'node:url';

/**
 * The plugin that compiles messages, for scripts that run sources by vite without its configuration: uncompiled, a message says
 * its template.
 * @returns {Promise<{ messages: () => import('vite').Plugin }>}
 */
export async function messagesPlugin() {
  const { runnerImport } = await import('vite');
  /** @type {{ module: { messages: () => import('vite').Plugin } }} */
  const { module } = await runnerImport(fileURLToPath(new URL('./compile-messages.ts', import.meta.url)), {
    configFile: false,
    logLevel: 'error',
  });
  return module;
}
