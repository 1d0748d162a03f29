/** A build of the studio, served and open in Chromium without a graphics adapter, its frames clocked: what benchmarks of the page start from. */

import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { REPOSITORY } from '../e2e/engine/site';
import { listen } from '../scripts/serve/listen.mjs';
import { createStaticServer } from '../scripts/serve/static-server.mjs';
import { findChromium } from '../scripts/setup/chromium.mjs';
import { installClock } from './frames/inPage';

/** For `browser.startTracing`: tasks of the main thread, and marks of the page. */
export const TRACED = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing'];

/**
 * Prints how busy the machine is before and after.
 * @param folder of a build; undefined: dist/
 * @param about what is measured, in a few words
 * @param work with a page of 1440 × 900 that has not been opened yet
 */
export async function inBuiltStudio(
  folder: string | undefined,
  about: string,
  work: (browser: Browser, page: Page) => Promise<void>,
): Promise<void> {
  const server = await createStaticServer(folder ?? join(REPOSITORY, 'dist'));
  const port = await listen(server, { port: 0, host: '127.0.0.1' });
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu'],
    ...(executablePath && { executablePath }),
  });
  try {
    console.log(`${String(cpus().length)} cores, load ${load()}; ${about}`);
    const context = await browser.newContext({
      baseURL: `http://127.0.0.1:${String(port)}/`,
      viewport: { width: 1440, height: 900 },
      colorScheme: 'dark',
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    await page.addInitScript(installClock);
    await work(browser, page);
    console.log(`load ${load()}`);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

const load = (): string => loadavg()[0]?.toFixed(1) ?? '?';
