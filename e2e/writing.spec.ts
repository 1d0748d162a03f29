import { expect, test } from '@playwright/test';
import { chestAttributes, words, writeDicom } from '../src/dicom/testing/write-dicom';
import { written } from '../src/imaging/testing/writing';
import { StudioDriver } from './studio/driver';

/** A soft chest of 12 bits with a name in its corner and a private element among its group lengths. */
function filmWithName() {
  const [width, height] = [480, 560];
  const pixels = Uint16Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const lung = (at: number): number => Math.exp(-(((x - at) / 75) ** 2) - ((y - 280) / 150) ** 2);
    return 2600 - 1500 * (lung(140) + lung(340)) + ((i * 7919) % 41);
  });
  written(pixels, width, 'LEONARD', { x: 24, y: 20 }, { grey: 4095, scale: 3 });
  const attributes = { ...chestAttributes(width, height, 12, { '7FE00010': ['OW', words(pixels)] }) };
  return { name: 'a-chest-film-with-a-long-name-of-ward-nine.dcm', bytes: writeDicom({ attributes }) };
}

test('writing in a film is warned of, offered to be covered, and gone from the copy', async ({ page }, info) => {
  const studio = new StudioDriver(page);
  await studio.start();
  await studio.open(filmWithName());
  await expect(studio.messages.getByText(/^Text seems to be burned into a-chest-film/)).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Cover parts');
  await page.keyboard.press('Enter');
  const cover = page.getByRole('dialog');
  await expect(cover.getByText(/^1 box where text seems to be/)).toBeVisible();
  await expect(cover.getByRole('button', { name: /^Box 1/ })).toBeVisible();
  await page.screenshot({ path: info.outputPath('cover.png') });
  await cover.getByRole('button', { name: 'Open covered copy' }).click();
  const tree = page.getByRole('tree');
  await expect(tree.getByText('(covered).dcm')).toBeVisible();
  await page.getByRole('button', { name: /Show details of the film/ }).click();
  const details = page.getByRole('dialog');
  await expect(details.getByText('None found; some may be missed')).toBeVisible();
  await page.screenshot({ path: info.outputPath('details.png') });
});
