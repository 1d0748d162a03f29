/** The screen speaks the language it is asked for, and every word of it comes from the catalogue. */

import { expect, test, type Page } from '@playwright/test';
import { plainWords } from '../src/app/testing/plainWords';
import { GENERATION_TIMEOUT } from './studio/driver';

/** Names of samples, formats and the device, and the request: not the catalogue's. */
async function given(page: Page): Promise<string[]> {
  const samples = await page.evaluate(async () => {
    const response = await fetch('models/samples/samples.json');
    const { samples } = (await response.json()) as {
      readonly samples: readonly {
        readonly title: string;
        readonly description: string;
        readonly credit?: string;
        readonly licence?: string;
      }[];
    };
    return samples
      .flatMap(({ title, description, credit = '', licence = '' }) => [title, description, credit, licence])
      .filter((words) => words !== '');
  });
  const device = await page.getByTestId('adapter-badge').locator('span').allTextContents();
  const words = page.locator('#request-in-words');
  // A name that may be long is shown in two parts, so that its end stays in sight.
  const parts = await page.locator('[data-part]').allTextContents();
  return [
    ...samples,
    ...parts,
    ...device,
    (await words.count()) === 0 ? '' : await words.inputValue(),
    'severe right lower zone opacity',
    'severe left mid zone opacity',
    'remove left lung opacity',
    'remove right lung opacity',
    'Alt',
    'PNG',
    'JPEG',
  ];
}

const plain = async (page: Page): Promise<string[]> => page.evaluate(plainWords, await given(page));

test('in the made-up language no word of the screen is plain English', async ({ page }) => {
  await page.goto('/?locale=pseudo');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-XA');
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('Ţĥé šåɱé þåţîéñţ');
  // The device's name comes from the device: while it changes it could be read as one and found as another.
  await expect(page.getByTestId('adapter-badge')).toContainText('CPU', { timeout: GENERATION_TIMEOUT });
  expect(await plain(page)).toEqual([]);

  await page.locator('main button:has(img)').first().click();
  await expect(page.locator('[data-place=right_lower] text').first()).toBeVisible({ timeout: GENERATION_TIMEOUT });
  // The sample's name may come between what is read as given and what is read of the screen.
  await expect.poll(async () => plain(page)).toEqual([]);

  await page.keyboard.press('Shift+M');
  await expect(page.getByRole('complementary', { name: /Ṁåšķš/ })).toBeVisible();
  for (const key of ['e', 'l', 'p', 'w', 'z']) {
    await page.keyboard.press(key);
    expect(await plain(page), `tool ${key}`).toEqual([]);
  }
  for (const [key, name] of [
    ['?', /Ķéýƀöåŕđ/],
    ['Control+k', /Šéåŕçĥ/],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    expect(await plain(page), key).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name })).toBeHidden();
  }
});

test('English is what is spoken where nothing else is asked for', async ({ page }) => {
  await page.goto('/?locale=xx');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB');
  await expect(page.getByRole('heading', { name: 'The same patient, in another world' })).toBeVisible();
});
