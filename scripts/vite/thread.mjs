/**
 * The script of the engine's threads in Node, in one piece: a thread cannot import what vite runs from sources.
 * @param {string} root the repository
 * @returns {Promise<string>} CommonJS
 */
export async function bundleThread(root) {
  const { build } = await import('vite');
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: 'src/cli/node/thread.ts',
      target: 'node20',
      write: false,
      rolldownOptions: { output: { format: 'cjs' } },
    },
  });
  const { output } = /** @type {{ output: readonly { type: string, code: string }[] }} */ (
    /** @type {unknown} */ (Array.isArray(built) ? built[0] : built)
  );
  const [script] = output;
  if (script?.type !== 'chunk' || output.length > 1) throw new Error('the thread is one script');
  return script.code;
}
