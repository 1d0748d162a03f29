/** The main journey in Firefox, as Debian and others ship it: driven over WebDriver BiDi, since Playwright drives a Firefox of its own only. */

import { expect, test } from '@playwright/test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findFirefox } from '../scripts/setup/firefox.mjs';
import { GENERATION_TIMEOUT } from './studio/driver';

const executablePath = findFirefox();

test.describe('in Firefox', () => {
  test.skip(executablePath === undefined, 'No Firefox is installed: install firefox-esr, or name one in FIREFOX_PATH.');
  test.setTimeout(2 * GENERATION_TIMEOUT);
  let browser: Browser | undefined;

  test.beforeAll(async () => {
    test.setTimeout(2 * GENERATION_TIMEOUT);
    // Half a minute, which both are by default, is short for a browser that was just installed on a machine that is busy.
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: executablePath as string,
      headless: true,
      timeout: GENERATION_TIMEOUT,
      protocolTimeout: GENERATION_TIMEOUT,
    });
  });
  test.afterAll(() => browser?.close());

  test('the first thing offered erases an opacity on our kernels, and nothing goes wrong unseen', async ({
    baseURL,
  }) => {
    if (browser === undefined) throw new Error('Firefox was not opened.');
    const page = await browser.newPage();
    page.setDefaultTimeout(GENERATION_TIMEOUT);
    await page.setViewport({ width: 1440, height: 900 });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error instanceof Error ? error.message : String(error)));
    page.on('console', (message) => {
      // Its own remarks, such as on graphics that a machine lacks, come from no script of ours.
      const isOurs = message.location().url?.startsWith(baseURL ?? '') === true;
      if (isOurs && message.type() === 'error') errors.push(message.text());
    });
    await page.goto(baseURL ?? '');
    // A locator waits until the button stays where it is: a film that opens beside it moves it.
    await page.locator('::-p-aria(Erase the opacity)').click();
    await page.waitForSelector('[data-testid="receipt-verdict"]');
    const told = await page.$eval('[data-testid="receipt-verdict"]', (element) => element.getAttribute('data-verdict'));
    expect(told).toBe('green');
    expect(await text(page, 'adapter-badge')).toMatch(/CPU, \d+ threads?/);
    expect(errors).toEqual([]);
  });
});

function text(page: Page, testId: string): Promise<string> {
  return page.$eval(`[data-testid="${testId}"]`, (element) => element.textContent);
}
