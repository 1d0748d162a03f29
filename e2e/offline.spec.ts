import { mkdtemp, cp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { createStaticServer } from '../scripts/serve/static-server.mjs';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { sample } from './studio/fixtures';

const DIST = resolve(import.meta.dirname, '../dist');
/** Graph and weights of nine networks, and the features of training images beside the second reader. */
const NETWORK_FILES = 19;

test.use({ serviceWorkers: 'allow' });

/** A server of our own, so that it can be stopped. */
async function serve(folder: string): Promise<{ readonly address: string; stop: () => Promise<void> }> {
  const server = await createStaticServer(folder);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${String(port)}/`,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => {
          stopped();
        });
        server.closeAllConnections();
      }),
  };
}

async function keptForLater(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(async () => {
          const active = (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated';
          const networks = await (await caches.open('counterpart-models-v1')).keys();
          return active ? networks.length : -1;
        }),
      { timeout: GENERATION_TIMEOUT },
    )
    .toBe(NETWORK_FILES);
}

test('after the first visit everything works without the server', async ({ page }) => {
  test.setTimeout(3 * GENERATION_TIMEOUT);
  const { address, stop } = await serve(DIST);
  const studio = new StudioDriver(page);
  await page.goto(address);
  await studio.engineReady();
  await keptForLater(page);
  await stop();
  await page.reload();
  await studio.engineReady();
  expect(await page.evaluate(() => crossOriginIsolated), 'isolated from the cache too').toBe(true);
  await page
    .getByRole('list', { name: 'Samples' })
    .getByRole('button', { name: sample('clear').title, exact: true })
    .click();
  await studio.read();
  await studio.fewSteps();
  await studio.say('severe right lower zone opacity');
  await studio.generate();
});

test('a new version waits, is offered, and loses nothing', async ({ page }) => {
  test.setTimeout(2 * GENERATION_TIMEOUT);
  const folder = await mkdtemp(join(tmpdir(), 'counterpart-e2e-'));
  await cp(DIST, folder, { recursive: true });
  const { address, stop } = await serve(folder);
  try {
    const studio = new StudioDriver(page);
    await page.goto(address);
    await studio.engineReady();
    await keptForLater(page);
    await page.reload();
    await page
      .getByRole('list', { name: 'Samples' })
      .getByRole('button', { name: sample('clear').title, exact: true })
      .click();
    await studio.read();
    await studio.say('mild left mid zone opacity');
    // Another version differs in its service worker.
    const worker = join(folder, 'service-worker.js');
    await writeFile(
      worker,
      (await readFile(worker, 'utf8')).replace(
        /version:\s*["']\w+["']|"version":"\w+"/,
        '"version":"fedcba9876543210"',
      ),
    );
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update();
    });
    const notice = page.getByRole('status').filter({ hasText: 'A new version of the studio is ready.' });
    await notice.getByRole('button', { name: 'Reload' }).click();
    // The page saves, then leaves: what is asked meanwhile is lost with it.
    await expect
      .poll(() => page.evaluate(() => caches.keys()).catch(() => []), { timeout: GENERATION_TIMEOUT })
      .toContain('counterpart-app-fedcba9876543210');
    await page.waitForLoadState();
    await studio.engineReady();
    await expect(studio.words).toHaveValue('mild left mid zone opacity', { timeout: GENERATION_TIMEOUT });
  } finally {
    await stop();
    await rm(folder, { recursive: true });
  }
});
