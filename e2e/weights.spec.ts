import { expect, test } from '@playwright/test';
import { StudioDriver } from './studio/driver';
import { deepPng } from './studio/fixtures';

test.describe('networks that cannot be used', () => {
  const failure = (studio: StudioDriver) =>
    studio.page.getByRole('complementary', { name: 'Request and reading' }).getByRole('alert');

  test('missing weights are named, and radiographs can still be looked at', async ({ page }) => {
    const studio = new StudioDriver(page);
    await page.context().route('**/models/reader/weights.safetensors', (route) => route.fulfill({ status: 404 }));
    await page.goto('/');
    await expect(failure(studio)).toContainText('reader/weights.safetensors is not on the server');
    await expect(page.getByTestId('adapter-badge')).toHaveText('Not computing');
    await studio.open(deepPng());
    await expect(studio.viewport).toBeVisible();
  });

  test('damaged weights are noticed by their hash, and trying again helps once they are whole', async ({ page }) => {
    const studio = new StudioDriver(page);
    await page.context().route('**/models/reader/weights.safetensors', async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      body[body.length - 1] = (body.at(-1) ?? 0) ^ 0xff;
      await route.fulfill({ response, body });
    });
    await page.goto('/');
    await expect(failure(studio)).toContainText('reader/weights.safetensors is damaged');
    await page.context().unroute('**/models/reader/weights.safetensors');
    await failure(studio).getByRole('button', { name: 'Try again' }).click();
    await expect(failure(studio)).toHaveCount(0);
    await studio.engineReady();
    await expect(page.getByTestId('adapter-badge')).toContainText('CPU');
  });
});
