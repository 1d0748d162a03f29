/**
 * The studio at work, as the README shows it: a film that may be shown (credited on the screen), and what was drawn on it. Taken
 * again by `npm run pictures` whenever networks, samples or the screen change.
 */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { StudioDriver } from '../studio/driver';

const root = resolve(import.meta.dirname, '../..');
/** The sample's title in models/samples/samples.json. */
const TITLE = process.env['COUNTERPART_PICTURE_SAMPLE'] ?? 'Clear lungs';
const REQUEST = 'large right pleural effusion';

async function shoot(page: Page, name: string): Promise<void> {
  const file = resolve(root, 'docs/pictures', `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  expect(readFileSync(file).length, 'light enough for a README').toBeLessThan(900 * 1024);
}

test('the studio and a finished edit', async ({ page }) => {
  const studio = new StudioDriver(page);
  await studio.start();
  await page.getByRole('list', { name: 'Samples' }).getByRole('button', { name: TITLE, exact: true }).first().click();
  await studio.read();
  await studio.say(REQUEST);
  await studio.generate();
  await page.keyboard.press('Escape');
  await page.mouse.move(0, 0);
  await page.getByRole('radio', { name: /Side by side/ }).click();
  await page.waitForTimeout(800);
  await shoot(page, 'studio');
});
