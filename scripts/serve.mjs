/** Serves a finished build: `node scripts/serve.mjs [--port N] [--host H] [--strict-port] [--llm URL] [--pacs URL]`. Needs nothing installed. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listen } from './serve/listen.mjs';
import { parseServeOptions } from './serve/options.mjs';
import { createStaticServer } from './serve/static-server.mjs';
import { say } from './setup/command.mjs';
import { SetupError, reportFailure } from './setup/setup-error.mjs';

try {
  const { port, host, strictPort, llm, pacs } = parseServeOptions(process.argv.slice(2));
  const dist = fileURLToPath(new URL('../dist', import.meta.url));
  if (!existsSync(dist)) {
    throw new SetupError(
      'build-failed',
      'There is no build in dist/.',
      'Run npm start, which makes one, or npm run build.',
    );
  }
  const server = await createStaticServer(dist, { llm, pacs, host });
  const bound = await listen(server, { port, host, strict: strictPort });
  say(`serving dist/ on http://${host}:${String(bound)}/`);
} catch (error) {
  reportFailure(error);
}
