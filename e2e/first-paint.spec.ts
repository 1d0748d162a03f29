import { expect, test } from '@playwright/test';

/** How long it takes is reported, not asserted: a busy machine says nothing about the studio. */
test('the first picture of the studio comes from a warm server', async ({ page }) => {
  await page.goto('/');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Counterpart' })).toBeVisible();
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  expect(paint).toBeGreaterThan(0);
  test.info().annotations.push({ type: 'first contentful paint', description: `${Math.round(paint ?? 0)} ms` });
});
