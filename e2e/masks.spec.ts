import { expect, test, type Page } from '@playwright/test';
import { openRadiograph } from '../src/dicom/open';
import { readSegmentation } from '../src/dicom/seg/read-seg';
import { decodeMaskPng } from '../src/imaging/mask-file';
import { given, StudioDriver, type GivenFile } from './studio/driver';
import { deepPng, largeDicom } from './studio/fixtures';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Masks' });
const rows = (page: Page) => panel(page).getByRole('list', { name: 'Named masks' }).getByRole('listitem');
const press = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true }).click();
const tool = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name }).click();

/** The share of the picture that the mask in use covers, as the list says it. */
async function share(page: Page): Promise<number> {
  const text = await panel(page).locator('[aria-current=true]').textContent();
  return Number(/([\d.]+) %/.exec(text ?? '')?.[1] ?? 0);
}

async function exported(page: Page, button: string): Promise<GivenFile> {
  const download = page.waitForEvent('download');
  await press(page, button);
  return given(await download);
}

async function imported(page: Page, file: GivenFile): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await press(page, 'Import masks…');
  await (
    await chooser
  ).setFiles({ name: file.name, mimeType: 'application/octet-stream', buffer: Buffer.from(file.bytes) });
}

async function opened(page: Page, file: GivenFile): Promise<StudioDriver> {
  const studio = new StudioDriver(page);
  await studio.start();
  await studio.open(file);
  await studio.read();
  await page.keyboard.press('Shift+M');
  await expect(panel(page)).toBeVisible();
  return studio;
}

test('masks are drawn, taken from the networks, changed, undone, exported and read back', async ({ page }) => {
  const studio = await opened(page, deepPng());

  await tool(page, 'Lasso mask');
  await studio.drag([0.4, 0.4], [0.5, 0.5]);
  await tool(page, 'Ellipse mask');
  await studio.drag([0.3, 0.3], [0.4, 0.5]);
  const ellipse = await share(page);
  expect(ellipse).toBeGreaterThan(0);
  await tool(page, 'Box mask');
  await studio.drag([0.55, 0.3], [0.65, 0.5]);
  expect(await share(page)).toBeGreaterThan(ellipse);
  const drawn = await share(page);
  await page.getByRole('radio', { name: 'Subtract' }).click();
  await studio.drag([0.58, 0.35], [0.62, 0.45]);
  expect(await share(page)).toBeLessThan(drawn);

  await press(page, 'Fill holes');
  expect(await share(page)).toBeCloseTo(drawn, 0);
  const before = await share(page);
  await press(page, 'Grow mask');
  expect(await share(page)).toBeGreaterThan(before);

  await press(page, 'Mask from right lower zone');
  await press(page, 'Mask from both lungs');
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).nth(2)).toContainText('Both lungs');

  await press(page, 'Propose from the reading');
  const threshold = panel(page).getByRole('slider', { name: 'Threshold' });
  await threshold.focus();
  await page.keyboard.press('Home');
  await expect(panel(page).getByText('2 %', { exact: true })).toBeVisible();
  await press(page, 'Make it a mask');
  await expect(rows(page)).toHaveCount(4);
  const lesion = await share(page);
  await press(page, 'Snap to lungs');
  expect(await share(page)).toBeLessThanOrEqual(lesion);

  const png = await exported(page, 'Export mask in use as PNG');
  const seg = await exported(page, 'Export masks as DICOM SEG');
  await imported(page, png);
  await expect(rows(page)).toHaveCount(5);
  const again = await exported(page, 'Export mask in use as PNG');
  expect(decodeMaskPng(again.bytes, 'again').data).toEqual(decodeMaskPng(png.bytes, 'once').data);
  await imported(page, seg);
  await expect(rows(page)).toHaveCount(9);
  const segmentation = readSegmentation(seg.bytes, seg.name);
  expect(segmentation?.segments.map(({ label }) => label)).toEqual([
    'Mask 1',
    'Right lower zone',
    'Both lungs',
    expect.stringMatching(/./),
  ]);
  const last = await exported(page, 'Export mask in use as PNG');
  expect(decodeMaskPng(last.bytes, 'last').data, 'the last segment').toEqual(segmentation?.segments.at(-1)?.mask.data);

  while ((await page.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled')) !== 'true')
    await page.keyboard.press('Control+z');
  await expect(panel(page).getByText(/^None yet\./)).toBeVisible();
});

test('masks of a DICOM radiograph name it where names are asked for, and those of another image are refused by name', async ({
  page,
}) => {
  const file = largeDicom();
  const studio = await opened(page, file);
  await tool(page, 'Box mask');
  await studio.drag([0.4, 0.4], [0.5, 0.5]);
  const nameless = await exported(page, 'Export masks as DICOM SEG');
  expect(readSegmentation(nameless.bytes, nameless.name)?.references).toEqual([]);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: /^With names/ }).click();
  await page.keyboard.press('Escape');
  const seg = await exported(page, 'Export masks as DICOM SEG');
  const { dicomReference } = await openRadiograph(file.bytes, file.name);
  expect(readSegmentation(seg.bytes, seg.name)?.references).toEqual(
    dicomReference === undefined ? [] : [dicomReference.sopInstanceUid],
  );
  await imported(page, file);
  await expect(studio.messages.getByRole('alert')).toContainText(/is a DICOM file but no segmentation/);
});

test('a mask is made, named and changed without a mouse', async ({ page }) => {
  const studio = await opened(page, deepPng());
  await studio.viewport.getByRole('application').focus();
  await page.keyboard.press('t');
  await page.keyboard.press('Space');
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  for (let step = 0; step < 8; step++) await page.keyboard.press(step % 2 === 0 ? 'ArrowLeft' : 'ArrowDown');
  await page.keyboard.press('Escape');
  await expect(panel(page).getByText(/^None yet\./)).toBeVisible();
  await page.keyboard.press('Space');
  for (let step = 0; step < 8; step++) await page.keyboard.press(step % 2 === 0 ? 'ArrowLeft' : 'ArrowDown');
  await page.keyboard.press('Enter');
  const boxed = await share(page);
  expect(boxed).toBeGreaterThan(0);

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search actions' }).fill('grow mask');
  await page.keyboard.press('Enter');
  await expect.poll(() => share(page)).toBeGreaterThan(boxed);
  // The palette gives the focus back when it has gone.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(studio.viewport.getByRole('application')).toBeFocused();

  await panel(page).getByRole('button', { name: 'Use Mask 1' }).focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('Nodule');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toContainText(['Nodule']);
  await panel(page).getByRole('button', { name: 'More for Nodule' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Duplicate' }).press('Enter');
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(rows(page)).toContainText(['Mask 1']);
});
