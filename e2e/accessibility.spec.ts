import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { BAD_FILES, deepPng } from './studio/fixtures';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page: Page) {
  const found = await new AxeBuilder({ page }).withTags(LEVELS).analyze();
  return found.violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html }) => html.slice(0, 160)),
  }));
}

test.describe('accessibility (axe, WCAG 2.2 AA)', () => {
  test('the empty studio', async ({ page }) => {
    await new StudioDriver(page).start();
    expect(await violations(page)).toEqual([]);
  });

  test('an open radiograph, read, with a request and a message', async ({ page }) => {
    const studio = new StudioDriver(page);
    await studio.start();
    await studio.open(deepPng());
    await studio.read();
    await studio.say('severe fluffy right lower zone opacity');
    await page.getByRole('button', { name: /Advanced/ }).click();
    const [bad] = BAD_FILES;
    if (bad !== undefined) await studio.open(bad.file());
    await expect(studio.messages.getByRole('alert')).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  test('a result, in every comparison, with its mask', async ({ page }) => {
    test.setTimeout(2 * GENERATION_TIMEOUT);
    const studio = new StudioDriver(page);
    await studio.start();
    await studio.open(deepPng());
    await studio.read();
    await studio.paint();
    await studio.say('severe right lower zone opacity');
    await studio.generate();
    await expect(page.getByRole('button', { name: /^Mask .*show its outline over the result/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    for (const comparison of ['Counterfactual', 'Difference', 'Swipe', 'Side by side', 'Blink']) {
      await page.getByRole('radio', { name: comparison }).click();
      if (comparison === 'Difference') await studio.tab('Verdict');
      if (comparison === 'Swipe') await studio.tab('Reading');
      expect(await violations(page), comparison).toEqual([]);
    }
  });

  test('the palette, the shortcuts and the badge', async ({ page }) => {
    await new StudioDriver(page).start();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog', { name: 'Search actions' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByTestId('adapter-badge').click();
    await expect(page.getByRole('dialog', { name: 'What this runs on' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  test('the diagnostics, the swap matrix, and every step of the tour', async ({ page }) => {
    test.setTimeout(2 * GENERATION_TIMEOUT);
    const studio = new StudioDriver(page);
    await studio.start();
    await page.getByRole('button', { name: 'Take the tour' }).click();
    for (let step = 1; step <= 5; step++) {
      await expect(page.getByText(`Step ${String(step)} of 5`)).toBeVisible();
      if (step === 1) await studio.read();
      expect(await violations(page), `step ${String(step)}`).toEqual([]);
      const act = page.getByRole('button', { name: 'Do it for me' });
      if (await act.isVisible()) await act.click();
      const next = page.getByRole('button', { name: step === 5 ? 'Done' : 'Next', exact: true });
      await expect(next).toBeEnabled({ timeout: GENERATION_TIMEOUT });
      await next.click();
    }
    for (const name of ['Diagnostics', 'Swap matrix'] as const) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search actions' }).fill(name);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      expect(await violations(page), name).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });
});
