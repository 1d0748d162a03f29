import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { recipeOf } from './studio/compare';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { deepPng } from './studio/fixtures';

test.describe('several findings in words', () => {
  test.setTimeout(3 * GENERATION_TIMEOUT);

  test('come in one edit: each has its row, its grade and its line in the receipt, and all is there after a reload', async ({
    page,
  }) => {
    const studio = new StudioDriver(page);
    await studio.start();
    await studio.open(deepPng());
    await studio.read();
    await studio.fewSteps();
    await studio.say('moderate left lower zone opacity and small right effusion, fluffy cardiomegaly');
    await expect(page.getByText(/Not understood, and left out: “fluffy”/)).toBeVisible();
    await expect(studio.asked).toHaveText([
      /^Opacity.*moderate, left lower$/,
      /^Effusion.*mild, right lower$/,
      /^Cardiomegaly.*moderate, mediastinum$/,
    ]);

    // The controls are on one; the words stay until a control is used.
    await studio.asked
      .nth(1)
      .getByRole('button', { name: /^Effusion/ })
      .click();
    await expect(studio.words).toHaveValue(/fluffy/);
    await expect(studio.zone('Left lower zone, read .*opacity asked 2.0')).toBeVisible();
    await page.getByRole('slider', { name: 'Severity' }).press('End');
    await page.getByRole('button', { name: 'Leave out: Cardiomegaly' }).click();
    await expect(studio.words).toHaveValue('moderate left lower zone opacity; severe right lower zone effusion');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }))).toEqual([]);

    await studio.generate();
    const { edit } = recipeOf(await studio.save(/Save counterfactual/));
    expect(edit).toMatchObject({
      finding: 'lung_opacity',
      places: ['left_lower'],
      severity: 2,
      further: [{ finding: 'effusion', severities: { right_lower: 3 } }],
    });
    await expect(page.locator('[data-testid="receipt-effect"], [data-testid="receipt-effect-effusion"]')).toHaveCount(
      2,
    );
    await expect(page.getByTestId('changed-outside')).toHaveText(/^0/);

    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await page.reload();
    await expect(studio.words).toHaveValue('moderate left lower zone opacity; severe right lower zone effusion', {
      timeout: GENERATION_TIMEOUT,
    });
    await expect(studio.asked).toHaveText([/^Opacity/, /^Effusion.*severe, right lower$/]);
  });

  test('that cannot be together say why, and become what can by one press', async ({ page }) => {
    const studio = new StudioDriver(page);
    await studio.start();
    await studio.open(deepPng());
    await studio.read();
    await studio.say('severe left mid zone mass, mild left mid zone nodule; no edema');
    await expect(page.getByRole('button', { name: 'Generate', exact: true })).toBeDisabled();
    await page.getByRole('button', { name: 'Ask for that' }).click();
    await expect(studio.words).toHaveValue('severe left mid zone mass; remove bilateral lung edema');
    await expect(page.getByRole('button', { name: 'Generate', exact: true })).toBeEnabled();
    await page.keyboard.press('Control+z');
    await expect(studio.words).toHaveValue(/nodule/);
  });
});
