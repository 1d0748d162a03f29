/** The main journey where a browser lacks something: the next best engine is taken, it is said, and the result is good. */

import { chromium, expect, test, type Page } from '@playwright/test';
import { withoutIsolation, withoutOwnFiles, withoutRelaxedSimd } from './studio/lacking';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { sample } from './studio/fixtures';

const THREADS = /is lent no memory that threads share/;
const FUSED = /lacks relaxed SIMD/;

/** @returns what the badge opens to, after work in which nothing went wrong unseen */
async function toldAfter(page: Page, work: (studio: StudioDriver) => Promise<void>): Promise<string> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const studio = new StudioDriver(page);
  await studio.start();
  await work(studio);
  await page.getByTestId('adapter-badge').click();
  const told = await page.getByRole('dialog', { name: 'What this runs on' }).innerText();
  expect(errors).toEqual([]);
  return told;
}

/** The first thing offered, to a good receipt. */
async function journey(studio: StudioDriver): Promise<void> {
  await studio.page.getByRole('button', { name: /^Erase the opacity/ }).click();
  await studio.generated();
  await expect(studio.page.getByTestId('receipt-verdict')).toHaveAttribute('data-verdict', 'green');
}

/** An erasure in a few steps, for what computes slowly: that there is a result, not how good it is. */
async function shortJourney(studio: StudioDriver): Promise<void> {
  const samples = studio.page.getByRole('list', { name: 'Samples' });
  await samples
    .getByRole('button', { name: sample('abnormal').title })
    .first()
    .click();
  await studio.read();
  await studio.fewSteps();
  await studio.say('remove right lung opacity');
  await studio.generate();
}

test.describe('what a browser lacks', () => {
  test.setTimeout(2 * GENERATION_TIMEOUT);

  test('shared memory: one thread computes, and it is said why', async ({ page }) => {
    await withoutIsolation(page);
    const told = await toldAfter(page, journey);
    expect(await page.evaluate(() => [crossOriginIsolated, 'SharedArrayBuffer' in globalThis])).toEqual([false, false]);
    expect(told).toContain('CPU, 1 thread');
    expect(told).toMatch(THREADS);
    expect(told).not.toMatch(FUSED);
  });

  test('relaxed SIMD, and files of its own: plain SIMD computes, and it is said', async ({ page }) => {
    await withoutRelaxedSimd(page);
    await withoutOwnFiles(page);
    const told = await toldAfter(page, journey);
    expect(told).toMatch(FUSED);
    expect(told).not.toMatch(THREADS);
  });

  test('SIMD: the kernels of tfjs compute, and it is said', async ({ baseURL }) => {
    test.skip(process.arch !== 'x64', 'SIMD is taken away by a switch for x64 alone.');
    const { launchOptions } = test.info().project.use;
    const args = [...(launchOptions?.args ?? []), '--js-flags=--no-enable-sse4-1'];
    const browser = await chromium.launch({ ...launchOptions, args });
    try {
      const page = await browser.newPage({
        baseURL: baseURL ?? '',
        viewport: { width: 1440, height: 900 },
        serviceWorkers: 'block',
      });
      expect(await toldAfter(page, shortJourney)).toContain('WebAssembly with SIMD is not available in this browser.');
    } finally {
      await browser.close();
    }
  });
});
