import { expect, test, type Page } from '@playwright/test';
import { decodePng } from '../src/imaging/png';
import { GENERATION_TIMEOUT, given, StudioDriver } from './studio/driver';
import { samplePng } from './studio/fixtures';

async function ready(page: Page): Promise<StudioDriver> {
  const studio = new StudioDriver(page);
  await studio.start();
  await studio.open(samplePng('clear'));
  await studio.read();
  await studio.say('severe right lower zone opacity');
  await studio.fewSteps();
  return studio;
}

test.describe('several results of one request', () => {
  test.setTimeout(4 * GENERATION_TIMEOUT);

  test('three seeds are made, one is kept with the keyboard, the others go', async ({ page }) => {
    const studio = await ready(page);
    await studio.seeds(3);
    await page.getByRole('button', { name: 'Generate 3' }).click();
    await expect(page).toHaveTitle(/^\d+ % · /, { timeout: GENERATION_TIMEOUT });
    await expect(studio.candidates).toHaveCount(3, { timeout: GENERATION_TIMEOUT });
    await studio.idle();
    await expect(studio.candidates.first()).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('listbox', { name: 'Candidates' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(studio.candidates.nth(1)).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByTestId('changed-outside')).toHaveText('0 pixels');
    await page.keyboard.press('Enter');
    await expect(studio.candidates).toHaveCount(2);
    await page.getByRole('button', { name: 'Discard the rest' }).click();
    await expect(page.getByRole('region', { name: 'Candidates' })).toHaveCount(0);
    // What was kept is a version like any other: on the screen, and to be saved.
    await expect(page.getByTestId('receipt-origin')).toContainText('Seed 2');
    const saved = await studio.save(/Save counterfactual/);
    expect(decodePng(saved.bytes, saved.name).synthetic).toBe(true);
  });

  test('stopping keeps what is done, and a waiting job can be taken out of the queue', async ({ page }) => {
    const studio = await ready(page);
    await studio.seeds(12);
    await page.getByRole('button', { name: 'Generate 12' }).click();
    // Paused early: what follows must not depend on how fast twelve are made.
    await page.getByRole('button', { name: /^Queue/ }).click();
    const queue = page.getByRole('dialog', { name: 'Queue' });
    await queue.getByRole('button', { name: 'Pause after this step' }).click();
    await expect(page.getByText('Paused', { exact: true }).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(queue).toHaveCount(0);
    await studio.seeds(1);
    await studio.say('mild left upper zone opacity');
    await page.getByRole('button', { name: 'Add to queue' }).click();
    await page.getByRole('button', { name: /^Queue/ }).click();
    const waiting = page.getByRole('listitem', { name: 'One result: mild left upper zone opacity' });
    await expect(waiting).toContainText('Waiting');
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await expect(waiting).toHaveCount(0);
    await queue.getByRole('button', { name: 'Go on' }).click();
    await page.keyboard.press('Escape');
    await expect
      .poll(() => studio.candidates.count(), { timeout: GENERATION_TIMEOUT, intervals: [100] })
      .toBeGreaterThanOrEqual(1);
    await page.getByRole('button', { name: /^Stop/ }).click();
    await studio.idle();
    const kept = await studio.candidates.count();
    expect(kept).toBeGreaterThanOrEqual(1);
    expect(kept).toBeLessThan(12);
    await expect(page.getByRole('button', { name: /^Queue/ })).toHaveCount(0);
  });

  test('a radiograph opened while another is worked on is read meanwhile', async ({ page }) => {
    const studio = await ready(page);
    await studio.seeds(3);
    await page.getByRole('button', { name: 'Generate 3' }).click();
    await expect(page.getByText(/^Seed 1 of 3/)).toBeVisible({ timeout: GENERATION_TIMEOUT });
    await studio.open(samplePng('abnormal'));
    await studio.read();
    // Read between two steps: the work goes on.
    await expect(page.getByText(/^Seed \d of 3/)).toBeVisible();
    await page.keyboard.press('Escape');
    await studio.idle();
  });

  test('five grades come as a strip that says whether they are read in order, and are saved as pictures', async ({
    page,
  }) => {
    const studio = await ready(page);
    await page.getByRole('button', { name: 'Severity sweep' }).click();
    await expect(studio.candidates).toHaveCount(5, { timeout: 2 * GENERATION_TIMEOUT });
    await studio.idle();
    const names = await studio.candidates.evaluateAll((cards) =>
      cards.map((card) => card.getAttribute('aria-label') ?? ''),
    );
    expect(names.map((name) => /^Asked ([\d.]+), ([\d.]+) /.exec(name)?.[1])).toEqual([
      '0.00',
      '0.75',
      '1.50',
      '2.25',
      '3.00',
    ]);
    await expect(page.getByTestId('sweep-verdict')).toHaveText(/in order|no difference/i);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as pictures' }).click();
    const sheet = await given(await download);
    expect(sheet.name).toMatch(/severity-sweep\.png$/);
    expect([...sheet.bytes.subarray(1, 4)]).toEqual([...new TextEncoder().encode('PNG')]);
  });

  test('exploring shows what it tries, and stopping keeps the best so far', async ({ page }) => {
    const studio = await ready(page);
    await page.getByRole('button', { name: 'Explore' }).click();
    const frontier = page.getByTestId('search-frontier');
    await expect(frontier).toContainText(/^[3-9] of 17 tried/, { timeout: 2 * GENERATION_TIMEOUT });
    await page.keyboard.press('Escape');
    await studio.idle();
    await expect(studio.candidates).toHaveCount(1, { timeout: GENERATION_TIMEOUT });
    await expect(page.getByTestId('receipt-origin')).toContainText(/by search|drawn from what is known/);
    await expect(page.getByTestId('changed-outside')).toHaveText('0 pixels');
  });
});
