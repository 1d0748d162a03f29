import { expect, test } from '@playwright/test';
import { compareSaved } from './studio/compare';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { sample, samplePng } from './studio/fixtures';

test('a lesion is erased from an abnormal sample', async ({ page }) => {
  test.setTimeout(3 * GENERATION_TIMEOUT);
  const studio = new StudioDriver(page);
  await studio.start();
  await page
    .getByRole('list', { name: 'Samples' })
    .getByRole('button', { name: sample('abnormal').title })
    .first()
    .click();
  await studio.read();
  // The zone that was read as the most opaque.
  const zones = page.getByRole('group', { name: /zones of the chest/ }).getByRole('button', { name: / zone, read / });
  const names = await zones.evaluateAll((all) => all.map((zone) => zone.getAttribute('aria-label') ?? ''));
  const grade = (name: string) => Number(/read ([\d.]+)/.exec(name)?.[1]);
  const [worst = ''] = [...names].sort((a, b) => grade(b) - grade(a));
  await page.getByRole('button', { name: worst }).click();
  await page.getByRole('button', { name: 'Zones as mask', exact: true }).click();
  await page.getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(studio.words).toHaveValue(/^remove .* opacity$/);
  await studio.generate();
  const { recipe, changedInside, changedOutside, meanChange } = await compareSaved(
    samplePng('abnormal'),
    await studio.save(/Save counterfactual/),
    await studio.save(/Save mask/),
  );
  expect(recipe.edit).toMatchObject({ kind: 'remove', finding: 'lung_opacity', severity: 0 });
  expect(changedOutside).toBe(0);
  expect(changedInside).toBeGreaterThan(100);
  expect(meanChange, 'a lung without opacity is darker').toBeLessThan(0);
});

test('the first thing offered erases an opacity of a real film by one press, and the receipt is good', async ({
  page,
}) => {
  test.setTimeout(2 * GENERATION_TIMEOUT);
  await page.goto('/');
  await page.getByRole('button', { name: 'Erase the opacity' }).click();
  const verdict = page.getByTestId('receipt-verdict').first();
  await expect(verdict).toHaveAttribute('data-verdict', 'green', { timeout: GENERATION_TIMEOUT });
  await expect(page.getByRole('radio', { name: 'Side by side' })).toBeChecked();
  await expect(page.getByText(/^Film: Hannover Medical School/)).toBeVisible();
});
