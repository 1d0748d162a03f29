import { fileURLToPath } from 'node:url';
import { listen } from './serve/listen.mjs';
import { DEFAULT_PORT, parseServeOptions } from './serve/options.mjs';
import { createStaticServer } from './serve/static-server.mjs';
import { ensureBuild } from './setup/build.mjs';
import { say } from './setup/command.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { openOnDesktop } from './setup/desktop.mjs';
import { reportFailure } from './setup/setup-error.mjs';

const HELP = `npm start -- [options]
  --port N       port to serve on (default ${String(DEFAULT_PORT)}; the next free one if it is taken; 0 for any)
  --host H       address to listen on (default 127.0.0.1: this computer only)
  --strict-port  stop if the port is taken
  --no-open      do not open a browser
  --llm URL      let the studio ask an OpenAI-compatible server (llama.cpp, vLLM, Ollama ...) to read reports, each time
                 after showing what would be sent; its key, if it has one, in COUNTERPART_LLM_KEY. Without it nothing is sent
  --llm-model M  the model that it shall use
  --pacs URL     let the studio search an archive by DICOMweb, open its films and, after a question, send results back;
                 COUNTERPART_PACS_USER and COUNTERPART_PACS_PASSWORD, or COUNTERPART_PACS_TOKEN, where it asks for them
`;

/**
 * Installs what is missing, builds what has changed, serves the studio and opens it where there is a desktop.
 * @param {readonly string[]} args
 */
export async function startStudio(args) {
  const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
  try {
    const options = parseServeOptions(args);
    if (options.help) {
      process.stdout.write(HELP);
      return;
    }
    await ensureDependencies(root);
    await ensureBuild(root);
    const server = await createStaticServer(`${root}/dist`, {
      llm: options.llm,
      pacs: options.pacs,
      host: options.host,
    });
    const port = await listen(server, { port: options.port, host: options.host, strict: options.strictPort });
    if (options.port !== 0 && port !== options.port)
      say(`port ${String(options.port)} is in use, taking ${String(port)}.`);
    // Browsers give threads and the GPU to secure contexts only, and plain http is one on this computer alone.
    const address = `http://${options.host}:${String(port)}/`;
    say(`the studio is ready at ${address} (Ctrl+C stops it)`);
    if (options.llm) say(`reports may be sent to ${new URL(options.llm.base).host}, when a user asks for it.`);
    if (options.pacs)
      say(`films come from, and results may be sent to, the archive ${new URL(options.pacs.base).host}.`);
    if (options.open) openOnDesktop(address);
  } catch (error) {
    reportFailure(error);
  }
}
