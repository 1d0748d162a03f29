import { expect, test, type Page } from '@playwright/test';
import { sha256Hex } from '../src/imaging/digest';
import { readPngText } from '../src/imaging/png';
import { GENERATION_TIMEOUT, given, StudioDriver, type GivenFile } from './studio/driver';
import { deepPng } from './studio/fixtures';

const saved = (page: Page) =>
  expect(page.getByRole('region', { name: 'Project' }).getByText('Saved', { exact: true })).toBeVisible({
    timeout: 60_000,
  });

const versions = (page: Page) => page.getByRole('tree', { name: 'Images and versions' }).getByRole('treeitem');

/** The fewest steps that the studio allows. */
async function fewSteps(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Advanced/ }).click();
  await page.getByRole('slider', { name: /Steps/ }).focus();
  await page.keyboard.press('Home');
}

async function begin(studio: StudioDriver, ...files: readonly GivenFile[]): Promise<void> {
  await studio.start();
  await studio.open(...files);
  await studio.read();
  await fewSteps(studio.page);
}

/** What the shown result is, bit for bit. */
async function shownHash(studio: StudioDriver): Promise<string> {
  const { bytes } = await studio.save(/Save stored values/);
  expect(Object.keys(readPngText(bytes))).toContain('Counterpart-Recipe');
  return sha256Hex(bytes);
}

async function projectMenu(page: Page, item: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Project / }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test.describe('a project', () => {
  test.setTimeout(3 * GENERATION_TIMEOUT);

  test('survives a reload as it was, and travels as a file', async ({ page }) => {
    const studio = new StudioDriver(page);
    await begin(studio, deepPng());
    await studio.paint();
    await studio.say('severe right lower zone opacity');
    await studio.generate();
    await page.keyboard.press('3');
    await versions(page).nth(1).focus();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: /^Name of/ }).fill('Worse below');
    await page.keyboard.press('Enter');
    const words = await studio.words.inputValue();
    const hash = await shownHash(studio);
    await saved(page);

    await page.reload();
    await expect(versions(page)).toHaveCount(2);
    await expect(page.getByRole('treeitem', { name: /^Worse below/ })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('radio', { name: 'Difference' })).toBeChecked();
    await expect(studio.words).toHaveValue(words);
    await expect(page.getByText(/^Only the painted .* may change\.$/)).toBeVisible();
    expect(await shownHash(studio)).toBe(hash);
    // What can be undone came back too: the last step was the name.
    await page.getByRole('tree').press('Control+z');
    await expect(page.getByRole('treeitem', { name: /^Worse below/ })).toHaveCount(0);
    await page.getByRole('tree').press('Control+Shift+Z');

    const download = page.waitForEvent('download');
    await projectMenu(page, /Save project as file/);
    const file = await given(await download);
    expect(file.name).toMatch(/\.counterpart$/);
    await projectMenu(page, /New project/);
    await expect(page.getByRole('heading', { name: 'Drop a chest radiograph here' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Go on with a project' })).toContainText('synthetic-16-bit.png');
    await studio.open(file);
    await expect(page.getByRole('treeitem', { name: /^Worse below/ })).toHaveAttribute('aria-selected', 'true');
    expect(await shownHash(studio)).toBe(hash);
    await studio.open({ name: 'cut.counterpart', bytes: file.bytes.subarray(0, file.bytes.length / 2) });
    await expect(studio.messages.getByRole('alert')).toContainText('cut.counterpart is damaged');
    await expect(versions(page)).toHaveCount(2);
  });

  test('offers again what a page was making when it died', async ({ page, context }) => {
    const studio = new StudioDriver(page);
    await begin(studio, deepPng());
    await studio.say('severe right lower zone opacity');
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    await expect(page.getByTestId('changed-outside')).toHaveCount(0);
    await saved(page);
    await page.close({ runBeforeUnload: false });

    const next = new StudioDriver(await context.newPage());
    await next.page.goto('/');
    const offer = next.page.getByRole('status', { name: 'Interrupted work' });
    await expect(offer).toContainText('A counterfactual was being made when the page closed');
    await expect(versions(next.page)).toHaveCount(1);
    await next.engineReady();
    await offer.getByRole('button', { name: 'Make it again' }).click();
    await next.generated();
    await expect(versions(next.page)).toHaveCount(2);
    await expect(offer).toHaveCount(0);
  });

  test('is open in one tab at a time', async ({ page, context }) => {
    const studio = new StudioDriver(page);
    await page.goto('/');
    await studio.open(deepPng());
    await saved(page);
    const second = await context.newPage();
    await second.goto('/');
    await expect(second.getByRole('region', { name: 'Messages' }).getByRole('alert')).toContainText(
      'is open in another tab',
    );
    await expect(second.getByRole('heading', { name: 'Drop a chest radiograph here' })).toBeVisible();
  });
});
