/** The command line's code in one folder: everything that it imports bundled, so that Node alone runs it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messagesPlugin } from '../vite/messages-plugin.mjs';
import { bundleThread } from '../vite/thread.mjs';
import { wasmBeside } from './wasm-beside.mjs';

/**
 * @param {string} root the repository
 * @param {string} to the folder, which is emptied first
 */
export async function bundleCommandLine(root, to) {
  const { build } = await import('vite');
  const { messages } = await messagesPlugin();
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [messages(), wasmBeside()],
    ssr: { noExternal: true },
    build: {
      ssr: 'scripts/pack/counterpart.mjs',
      target: 'node20',
      outDir: to,
      emptyOutDir: true,
      ssrEmitAssets: true,
      license: { fileName: 'THIRD-PARTY.md' },
      rolldownOptions: {
        // Optional, and not needed before a queue or a GPU is asked for.
        external: ['bullmq', 'ioredis', 'webgpu'],
        output: {
          entryFileNames: 'counterpart.mjs',
          chunkFileNames: 'lib/[name]-[hash].mjs',
          // Decoders that were compiled for CommonJS ask for these.
          banner: ({ name }) =>
            name.includes('wasm') ? 'const { filename: __filename, dirname: __dirname } = import.meta;' : '',
        },
      },
    },
  });
  await mkdir(join(to, 'lib'), { recursive: true });
  await writeFile(join(to, 'lib', 'thread.cjs'), await bundleThread(root));
}
