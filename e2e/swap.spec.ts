import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { TOKENS_PATTERN } from '../src/findings/pathology';
import { recipeOf } from './studio/compare';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { deepPng, sample, samplePng } from './studio/fixtures';

test.describe('swapping pathology', () => {
  test.setTimeout(3 * GENERATION_TIMEOUT);

  test('a sample’s opacities come onto another patient’s anatomy, zone by zone', async ({ page }) => {
    const studio = new StudioDriver(page);
    await studio.start();
    await studio.open(deepPng());
    await studio.read();
    await studio.fewSteps();
    await page.getByRole('button', { name: /^Swap from/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Swap pathology' });
    await dialog.getByRole('button', { name: sample('abnormal').title, exact: true }).click();
    await expect(dialog.getByRole('checkbox', { name: /^Opacity/ })).toBeChecked({ timeout: GENERATION_TIMEOUT });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }))).toEqual([]);
    // The donor is taken apart: both streams can be looked at, and what travels is its own.
    await expect(dialog.getByRole('radio', { name: 'What travels' })).toBeVisible({ timeout: GENERATION_TIMEOUT });
    for (const [view, about] of [
      ['Without it', /This anatomy stays behind/],
      ['What travels', /this is drawn in this patient/],
    ] as const) {
      await dialog.getByRole('radio', { name: view }).click();
      await expect(dialog.getByText(about)).toBeVisible();
    }
    await dialog.getByRole('button', { name: 'Use and generate' }).click();
    await studio.generated();
    const { edit, drawn } = recipeOf(await studio.save(/Save counterfactual/));
    expect(edit.finding).toBe('lung_opacity');
    expect(edit.places.length).toBeGreaterThan(0);
    const pathology = edit.kind === 'remove' ? undefined : edit.sketch?.pathology;
    expect(pathology?.tokens).toMatch(TOKENS_PATTERN);
    expect(drawn?.map((each) => each.pathology)).toContainEqual(pathology);
    expect(Math.max(edit.severity, ...Object.values(edit.severities ?? {}))).toBe(edit.severity);
    await expect(page.getByTestId('changed-outside')).toHaveText(/^0/);
    // One line for each finding that was asked, and the distance to the nearest training image.
    await expect(page.locator('[data-testid="receipt-effect"], [data-testid^="receipt-effect-"]')).toHaveCount(
      1 + (edit.further?.length ?? 0),
    );
    await expect(page.getByTestId('receipt-training')).toContainText(/\d → \d/);
  });

  test('a film is seen without its opacities, and what it has more, by one press', async ({ page }) => {
    const studio = new StudioDriver(page);
    await studio.start();
    await studio.open(samplePng('abnormal'));
    await studio.read();
    await studio.fewSteps();
    await page.getByRole('button', { name: 'This film without its opacities' }).click();
    await studio.generated();
    await expect(page.getByRole('radio', { name: 'Difference' })).toBeChecked();
    const { edit } = recipeOf(await studio.save(/Save counterfactual/));
    expect(edit).toMatchObject({ kind: 'remove', finding: 'lung_opacity', severity: 0 });
    await expect(page.getByTestId('changed-outside')).toHaveText(/^0/);
  });

  test('a finding is moved on the chest diagram by dragging it, and graded zone by zone', async ({ page }) => {
    const studio = new StudioDriver(page);
    await studio.start();
    await studio.open(deepPng());
    await studio.read();
    await studio.say('severe right lower zone opacity; mild left mid zone opacity');
    await studio.zone('Right lower zone').dragTo(studio.zone('Right upper zone'));
    await expect(studio.words).toHaveValue('severe right upper zone opacity; mild left mid zone opacity');
    await page.getByRole('slider', { name: 'Severity, left mid' }).press('Home');
    await expect(studio.words).toHaveValue('severe right upper zone opacity; no left mid zone opacity');
    await studio.zone('Right upper zone').focus();
    await page.keyboard.press('Shift+ArrowDown');
    await expect(studio.words).toHaveValue('severe right mid zone opacity; no left mid zone opacity');
  });
});
