import { expect, test } from '@playwright/test';
import { StudioDriver } from './studio/driver';
import { BAD_FILES, compressedDicoms, deepPng, rareFormats } from './studio/fixtures';

test.describe('a file that cannot be opened', () => {
  test('is named with its reason, and what was open stays', async ({ page }) => {
    const studio = new StudioDriver(page);
    await page.goto('/');
    await studio.open(deepPng());
    const open = page.locator('header').getByText('synthetic-16-bit.png');
    await expect(open).toBeVisible();
    for (const { file, message } of BAD_FILES) {
      const bad = file();
      await test.step(bad.name, async () => {
        await studio.open(bad);
        const alert = studio.messages.getByRole('alert');
        await expect(alert).toContainText(message);
        await expect(alert.getByText(`${bad.name} was not opened`)).toBeVisible();
        await expect(alert.getByRole('button', { name: 'Copy details' })).toBeVisible();
        await expect(open).toBeVisible();
        await alert.getByRole('button', { name: 'Dismiss' }).click();
        await expect(alert).toHaveCount(0);
      });
    }
    for (const file of [...compressedDicoms(), ...rareFormats()])
      await test.step(`and what is rare is opened: ${file.name}`, async () => {
        await studio.open(file);
        await expect(page.locator('header').getByText(file.name, { exact: true })).toBeVisible();
        await expect(studio.messages.getByRole('alert')).toHaveCount(0);
      });
  });

  test('does not keep the others of the same choice from opening', async ({ page }) => {
    const studio = new StudioDriver(page);
    await page.goto('/');
    const [text] = BAD_FILES;
    if (text === undefined) throw new Error('there are bad files');
    await studio.open(text.file(), deepPng());
    await expect(studio.messages.getByText('1 of 2 files opened')).toBeVisible();
    await expect(page.locator('header').getByText('synthetic-16-bit.png')).toBeVisible();
  });
});
