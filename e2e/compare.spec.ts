import { expect, test } from '@playwright/test';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { deepPng } from './studio/fixtures';

test.describe('comparing results', () => {
  test.setTimeout(3 * GENERATION_TIMEOUT);

  test('two versions of one radiograph stand side by side in step, blink, and differ in stored units', async ({
    page,
  }) => {
    const studio = new StudioDriver(page);
    await studio.start();
    await studio.open(deepPng());
    await studio.read();
    await studio.fewSteps();
    await studio.say('severe right lower zone opacity');
    await studio.generate();
    await expect(page.getByRole('group', { name: 'What is compared' })).toHaveCount(0);
    await studio.say('severe left upper zone opacity');
    await studio.generate();

    const left = page.getByRole('combobox', { name: 'Left picture' });
    await left.selectOption({ label: '1 · severe right lower zone opacity' });
    await page.getByRole('radio', { name: 'Difference' }).click();
    await expect(page.getByText('severe left upper zone opacity − severe right lower zone opacity')).toBeVisible();
    const legend = page.getByRole('img', { name: /of the window: .* stored units$/ });
    await expect(legend).toBeVisible();
    // A notice that comes meanwhile stands above it, and above the bar of what is compared.
    await studio.drop({ name: 'broken.png', bytes: deepPng().bytes.subarray(0, 200) });
    const notice = studio.messages.getByRole('alert');
    await expect(notice).toBeVisible();
    const [over, under] = [await notice.boundingBox(), await legend.boundingBox()];
    expect((over?.y ?? Infinity) + (over?.height ?? 0)).toBeLessThanOrEqual(under?.y ?? 0);
    await notice.getByRole('button', { name: 'Dismiss' }).click();

    await page.getByRole('radio', { name: 'Side by side' }).click();
    const second = page.getByTestId('second-viewport');
    await expect(second.getByText('severe left upper zone opacity')).toBeVisible();
    await expect(studio.viewport.getByText('severe right lower zone opacity')).toBeVisible();
    const zoom = page.getByText(/^Zoom \d+ %$/);
    const before = await zoom.textContent();
    await second.getByRole('application').focus();
    await page.keyboard.press('+');
    await expect(zoom).not.toHaveText(before ?? '');
    await page.keyboard.press('0');

    await page.getByRole('radio', { name: 'Blink' }).click();
    await expect(second).toHaveCount(0);
    const caption = studio.viewport.locator('.viewport-caption:visible');
    await expect(caption).toHaveText(/severe right lower/);
    await expect(caption).toHaveText(/severe left upper/);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  });
});
