import { expect, test } from '@playwright/test';
import { compareSaved } from './studio/compare';
import { GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { sample, samplePng } from './studio/fixtures';

/** What is said, and what the receipt has to say of it. */
const ASKED = [
  { words: 'large right pleural effusion', finding: 'effusion', drawn: /^80 %$/ },
  { words: 'cardiomegaly', finding: 'cardiomegaly', drawn: /^0\.\d\d$/ },
  { words: 'left apical pneumothorax', finding: 'pneumothorax', drawn: /^about 45 mm$/ },
  { words: '3 cm spiculated nodule in the right upper lobe', finding: 'nodule', drawn: /^about 30 mm$/ },
  { words: 'mild pulmonary edema', finding: 'edema', drawn: /^7 %$/ },
] as const;

test('findings of the tail are drawn live, then at full size, with their measures in the receipt', async ({ page }) => {
  test.setTimeout(3 * GENERATION_TIMEOUT);
  const studio = new StudioDriver(page);
  await studio.start();
  await page
    .getByRole('list', { name: 'Samples' })
    .getByRole('button', { name: sample('clear').title })
    .first()
    .click();
  await studio.read();
  const controls = page.getByTestId('sketch-controls');
  for (const { words, finding, drawn } of ASKED) {
    await studio.say(words);
    await expect(controls).toBeVisible();
    await studio.generate();
    await expect(page.getByTestId('changed-outside')).toHaveText('0 pixels');
    await studio.tab('Verdict');
    await page.getByTestId('receipt-effect').getByRole('button').first().click();
    await expect(page.getByTestId('receipt-effect').getByRole('definition').first()).toHaveText(drawn);
    await studio.tab('Ask');
    const { recipe, changedInside, changedOutside } = await compareSaved(
      samplePng('clear'),
      await studio.save(/Save counterfactual/),
      await studio.save(/Save mask/),
    );
    expect(changedOutside).toBe(0);
    expect(changedInside).toBeGreaterThan(50);
    expect(recipe.sampling.sampler).toBe('sketch');
    expect(recipe.drawn?.map((each) => each.finding)).toEqual([finding]);
  }
  // A nodule goes where the picture is pressed, before anything is generated.
  await studio.say('20 mm right upper zone nodule');
  await controls.getByRole('button', { name: 'Place it' }).click();
  await studio.drag([0.3, 0.5], [0.32, 0.52]);
  await expect(controls.getByRole('button', { name: 'Anywhere in the zones' })).toBeVisible();
  await expect(studio.words).toHaveValue(/^20 mm right (mid|upper|lower) zone nodule$/);
});
