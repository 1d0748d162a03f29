/**
 * The studio at work on a synthetic sample, as the README shows it. Only samples of our own denoiser are pictured, never a
 * patient. Taken again by `npm run pictures` whenever networks or samples change.
 */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { decodePng } from '../../src/imaging/png';
import { StudioDriver } from '../studio/driver';

const root = resolve(import.meta.dirname, '../..');
/** The sample's title in models/samples/samples.json. */
const TITLE = process.env['COUNTERPART_PICTURE_SAMPLE'] ?? 'Clear lungs, child';
const REQUEST = 'severe right lower zone opacity';
type Point = readonly [x: number, y: number];

/** Brush strokes over the lower right lung (image left), as fractions of the picture. */
const STROKES: readonly (readonly [Point, ...Point[]])[] = [
  [[0.3, 0.46], [0.36, 0.5], [0.3, 0.55], [0.37, 0.6], [0.29, 0.64], [0.36, 0.69]],
];
/** Presses of an arrow that bring the divider of the swipe from the middle into that lung. */
const SWIPE_PRESSES = 9;

interface ListedSample {
  readonly file: string;
  readonly title: string;
}

function listedSample(): ListedSample {
  const list = JSON.parse(readFileSync(resolve(root, 'models/samples/samples.json'), 'utf8')) as { samples: readonly ListedSample[] };
  const found = list.samples.find(({ title }) => title === TITLE);
  if (found === undefined) throw new Error(`No sample is called “${TITLE}”. There are: ${list.samples.map(({ title }) => title).join('; ')}.`);
  return found;
}

/** Where a point of the fitted picture lies on the page. */
async function pictureToPage(page: Page, file: string): Promise<(point: Point) => [number, number]> {
  const { width, height } = decodePng(new Uint8Array(readFileSync(resolve(root, 'models/samples', file))), file);
  const box = await page.getByTestId('viewport').boundingBox();
  if (box === null) throw new Error('The viewport is not on the screen.');
  const scale = Math.min(box.width / width, box.height / height);
  return ([x, y]) => [box.x + box.width / 2 + (x - 0.5) * width * scale, box.y + box.height / 2 + (y - 0.5) * height * scale];
}

async function shoot(page: Page, name: string): Promise<void> {
  const file = resolve(root, 'docs/pictures', `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  expect(readFileSync(file).length, 'light enough for a README').toBeLessThan(440 * 1024);
}

test('the studio and a finished edit', async ({ page }) => {
  const studio = new StudioDriver(page);
  const sample = listedSample();
  await studio.start();
  await page.getByRole('list', { name: 'Samples' }).getByRole('button', { name: sample.title, exact: true }).click();
  await studio.read();
  await page.getByRole('button', { name: 'Paint mask' }).click();
  for (let presses = 0; presses < 5; presses++) await page.keyboard.press(']');
  const at = await pictureToPage(page, sample.file);
  for (const [first, ...rest] of STROKES) {
    await page.mouse.move(...at(first));
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...at(point), { steps: 6 });
    await page.mouse.up();
  }
  await studio.say(REQUEST);
  await studio.generate();
  // A tool without a cursor of its own on the picture.
  await page.keyboard.press('h');
  await page.mouse.move(0, 0);
  await page.keyboard.press('4');
  const divider = page.getByRole('slider', { name: /^Swipe/ });
  for (let presses = 0; presses < SWIPE_PRESSES; presses++) await divider.press('ArrowLeft');
  await divider.blur();
  await page.waitForTimeout(500);
  await shoot(page, 'studio');
  await page.keyboard.press('3');
  await expect(page.getByRole('radio', { name: 'Difference' })).toBeChecked();
  await studio.tab('Reading');
  await page.waitForTimeout(500);
  await shoot(page, 'difference');
});
