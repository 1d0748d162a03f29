/** The main journey where a browser lacks something: the next best engine is taken, it is said, and the result is good. */

import { chromium, expect, test, type Page } from '@playwright/test';
import { withoutIsolation, withoutOwnFiles, withoutRelaxedSimd } from './studio/lacking';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';

const THREADS = /lends the page no memory that threads share/;
const FUSED = /lacks relaxed SIMD/;

/** The first thing offered, to a good receipt; @returns what the badge opens to. */
async function journey(page: Page): Promise<string> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const studio = new StudioDriver(page);
  await studio.start();
  await page.getByRole('button', { name: /^Erase the opacity/ }).click();
  await studio.generated();
  await expect(page.getByTestId('receipt-verdict')).toHaveAttribute('data-verdict', 'green');
  await page.getByTestId('adapter-badge').click();
  const told = await page.getByRole('dialog', { name: 'What this runs on' }).innerText();
  expect(errors).toEqual([]);
  return told;
}

test.describe('what a browser lacks', () => {
  test.setTimeout(2 * GENERATION_TIMEOUT);

  test('shared memory: one thread computes, and it is said why', async ({ page }) => {
    await withoutIsolation(page);
    const told = await journey(page);
    expect(await page.evaluate(() => [crossOriginIsolated, 'SharedArrayBuffer' in globalThis])).toEqual([false, false]);
    expect(told).toContain('CPU, 1 thread');
    expect(told).toMatch(THREADS);
    expect(told).not.toMatch(FUSED);
  });

  test('relaxed SIMD, and files of its own: plain SIMD computes, and it is said', async ({ page }) => {
    await withoutRelaxedSimd(page);
    await withoutOwnFiles(page);
    const told = await journey(page);
    expect(told).toMatch(FUSED);
    expect(told).not.toMatch(THREADS);
  });

  test('SIMD: the kernels of tfjs compute, and it is said', async ({ baseURL }) => {
    const { launchOptions } = test.info().project.use;
    const args = [...(launchOptions?.args ?? []), '--js-flags=--no-enable-sse4-1'];
    const browser = await chromium.launch({ ...launchOptions, args });
    try {
      const page = await browser.newPage({ baseURL: baseURL ?? '', viewport: { width: 1440, height: 900 } });
      expect(await journey(page)).toContain('WebAssembly with SIMD is not available in this browser.');
    } finally {
      await browser.close();
    }
  });
});
