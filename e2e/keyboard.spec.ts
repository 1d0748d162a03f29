import { expect, test } from '@playwright/test';
import { GENERATION_TIMEOUT, given, StudioDriver } from './studio/driver';
import { decodePng } from '../src/imaging/png';
import { deepPng } from './studio/fixtures';

test('everything from opening to saving is done without a mouse', async ({ page }) => {
  test.setTimeout(2 * GENERATION_TIMEOUT);
  const studio = new StudioDriver(page);
  await studio.start();
  await studio.open(deepPng());
  await studio.read();

  await page.keyboard.press('/');
  await expect(studio.words).toBeFocused();
  await studio.words.fill('mild left mid zone consolidation');
  await page.keyboard.press('Tab');
  await expect(studio.zone('Right upper zone')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(studio.zone('Left lower zone')).toHaveAttribute('aria-pressed', 'true');
  await expect(studio.words).toHaveValue(/^mild consolidation in left mid zone and left lower zone$/);

  // The crosshair begins at the middle; the left lung is to the right of it.
  await studio.viewport.getByRole('application').focus();
  await page.keyboard.press('Space');
  for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowRight');
  await page.keyboard.down('Space');
  for (let step = 0; step < 10; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.up('Space');
  await expect(page.getByText(/^Only the painted/)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/^Only the chosen zones/)).toBeVisible();
  await page.keyboard.press('Control+Shift+Z');
  await expect(page.getByText(/^Only the painted/)).toBeVisible();

  await page.keyboard.press('Control+Enter');
  await studio.generated();
  await page.keyboard.press('3');
  await expect(page.getByRole('radio', { name: 'Difference' })).toBeChecked();
  await page.keyboard.down('x');
  await expect(page.getByRole('radio', { name: 'Source' })).toBeChecked();
  await page.keyboard.up('x');
  await expect(page.getByRole('radio', { name: 'Difference' })).toBeChecked();

  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const saved = await given(await download);
  expect(decodePng(saved.bytes, saved.name).synthetic).toBe(true);

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search actions' }).fill('keyboard');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('every control can be reached with Tab and shows that it has the focus', async ({ page }) => {
  const studio = new StudioDriver(page);
  await page.goto('/');
  await studio.open(deepPng());
  await expect(studio.viewport).toBeVisible();
  const reached = new Set<string>();
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return undefined;
      const shown = [element, element.parentElement, element.querySelector('path')].some((each) => {
        if (each === null) return false;
        const { outlineStyle, boxShadow, strokeDasharray } = getComputedStyle(each);
        const { borderStyle } = getComputedStyle(each, '::after');
        return outlineStyle !== 'none' || boxShadow !== 'none' || strokeDasharray !== 'none' || borderStyle === 'solid';
      });
      return { name: element.getAttribute('aria-label') ?? element.textContent, shown };
    });
    if (focus === undefined) continue;
    expect(focus.shown, `“${focus.name}” shows its focus`).toBe(true);
    reached.add(focus.name);
  }
  const names = [...reached].join('\n');
  for (const name of [
    /Search actions/,
    /Export|Keyboard shortcuts/,
    /Open/,
    /Paint mask/,
    /Brush size/,
    /synthetic-16-bit\.png, 400 by 480/,
    /Right upper zone/,
    /Severity/,
    /Erase/,
    /Advanced/,
  ]) {
    expect(names).toMatch(name);
  }
});
