/** `npm run pictures`: builds the studio and takes the pictures in docs/pictures anew. Look at them before committing. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './setup/build.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { runCommand, say } from './setup/command.mjs';
import { reportFailure } from './setup/setup-error.mjs';

try {
  const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
  await ensureDependencies(root);
  await ensureBuild(root);
  await ensureChromium();
  const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const { status } = await runCommand(
    process.execPath,
    [playwright, 'test', '--config', 'e2e/pictures/playwright.config.ts'],
    { cwd: root },
  );
  if (status === 0) say('docs/pictures is up to date. Look at the pictures before committing them.');
  process.exitCode = status;
} catch (error) {
  reportFailure(error);
}
