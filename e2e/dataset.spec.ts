/** From a folder of films with their table to a set to train on: counts, plan, run, review, export. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { given, GENERATION_TIMEOUT, StudioDriver } from './studio/driver';
import { syntheticPngs } from './studio/fixtures';

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpart-set-'));
});
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Three clear films, a frequent class whose films are never opened, and a rare one. */
function writeSet(): void {
  mkdirSync(join(folder, 'films'));
  const films = syntheticPngs(3);
  films.forEach(({ bytes }, at) => {
    writeFileSync(join(folder, 'films', `clear-${String(at)}.png`), bytes);
  });
  const effusions = Array.from({ length: 12 }, (_, at) => `effusion-${String(at)}.png`);
  for (const name of effusions) writeFileSync(join(folder, 'films', name), '');
  const rows = [
    ...films.map((_, at) => `clear-${String(at)}.png;p${String(at)};train;1;0;0`),
    'elsewhere.png;p8;train;0;0;1',
    ...effusions.map((name) => `${name};${name};train;0;1;0`),
  ];
  // As a spreadsheet saves it.
  writeFileSync(
    join(folder, 'table.csv'),
    `\ufefffile_name;patient;split;no_finding;effusion;hernia\r\n${rows.join('\r\n')}\r\n`,
  );
}

/** Names of all files of the one run that the browser keeps, and the text of some. */
async function keptRun(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const found: Record<string, string> = {};
    const walk = async (directory: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const [name, handle] of directory.entries()) {
        if (handle.kind === 'directory') await walk(handle, `${path}${name}/`);
        else found[path + name] = /\.(?:jsonl|csv)$/.test(name) ? await (await handle.getFile()).text() : '';
      }
    };
    const runs = await (await navigator.storage.getDirectory()).getDirectoryHandle('runs');
    for await (const run of runs.values()) if (run.kind === 'directory') await walk(run, '');
    return found;
  });
}

const journal = (
  files: Record<string, string>,
): readonly { readonly status: string; readonly item: { readonly id: string } }[] =>
  (files['journal.jsonl'] ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { status: string; item: { id: string } });

test('a folder becomes counts, a plan, a run that survives a reload, a review and an export', async ({ page }) => {
  writeSet();
  const studio = new StudioDriver(page);
  await studio.start();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('folder of films');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(folder);

  // Counts and plan.
  const set = page.getByRole('dialog', { name: 'Data set' });
  await expect(set.getByRole('row', { name: /^hernia tail/ })).toBeVisible();
  await set.getByRole('spinbutton', { name: 'Results, share of real films' }).fill('10');
  await expect(set.getByText(/^2 edits,/)).toBeVisible();
  await set.getByRole('button', { name: 'Run it in this browser' }).click();

  // The run is stopped after its first result, and the page goes.
  const run = page.getByRole('dialog', { name: 'Run of a plan' });
  await expect(run.getByText(/^1 of \d/).first()).toBeVisible({ timeout: GENERATION_TIMEOUT });
  await page.reload();
  await page.getByRole('status', { name: 'A plan is not at its end' }).getByRole('button', { name: 'Open it' }).click();
  const before = journal(await keptRun(page));
  expect(before.map(({ status }) => status)).toEqual(['done']);
  await studio.engineReady();
  const again = page.waitForEvent('filechooser');
  await run.getByRole('button', { name: /Choose the folder of the films/ }).click();
  await (await again).setFiles(folder);
  await run.getByRole('button', { name: 'Go on' }).click();
  await expect(run.getByText(/^All \d are done/)).toBeVisible({ timeout: GENERATION_TIMEOUT });

  // Review by keyboard: the first is rejected with a reason, the others are accepted.
  await run.getByRole('tab', { name: /^Review/ }).click();
  const results = run.getByRole('listbox', { name: 'Results to review' });
  await expect(results.locator('canvas').first()).toBeVisible();
  const count = await results.getByRole('option').count();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }))).toEqual([]);
  await results.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('large-result').locator('canvas')).toHaveCount(3);
  await page.keyboard.press('Enter');
  await page.keyboard.press('3');
  for (let more = 1; more < count; more++) await page.keyboard.press('a');
  await expect(results.getByText('rejected: wrong place')).toBeVisible();
  await expect(results.getByText('accepted', { exact: true })).toHaveCount(count - 1);
  await run.getByRole('combobox', { name: 'Decision' }).selectOption('rejected');
  await expect(results.getByRole('option')).toHaveCount(1);

  // What was written: every item once, every decision, the pictures.
  await expect.poll(async () => (await keptRun(page))['review.jsonl']?.trim().split('\n').length).toBe(count);
  const files = await keptRun(page);
  const lines = journal(files);
  expect(new Set(lines.map(({ item }) => item.id)).size).toBe(lines.length);
  expect(lines).toHaveLength(count);
  expect(Object.keys(files).filter((path) => path.startsWith('images/'))).toHaveLength(count);
  expect(files['review.jsonl']).toContain('"reason":"wrong place"');

  // Export: what was accepted, with the films, in the part of the split.
  await run.getByRole('tab', { name: 'Export' }).click();
  await run.getByRole('checkbox', { name: /The films that they were made from/ }).check();
  await run.getByRole('checkbox', { name: /The tables in the columns that came in/ }).check();
  const download = page.waitForEvent('download');
  await run.getByRole('button', { name: 'Export as a zip file' }).click();
  const zip = unzipSync((await given(await download)).bytes);
  const table = new TextDecoder().decode(zip['train/metadata.csv']);
  expect(table.trim().split('\r\n')).toHaveLength(count);
  expect(table).toMatch(/^file_name,/);
  expect(Object.keys(zip).filter((path) => path.startsWith('train/images/'))).toHaveLength(count - 1);
  expect(Object.keys(zip).some((path) => path.startsWith('train/originals/'))).toBe(true);
  // And in the columns that came in: a path of its own, what was asked there or left open.
  const own = new TextDecoder().decode(zip['tables/table.csv']).trim().split('\r\n');
  expect(own[0]).toBe('file_name,patient,split,no_finding,effusion,hernia');
  expect(own).toHaveLength(count);
  expect(own[1]).toMatch(/^[0-9a-f]{16}\.png,p\d,train,0?,0,1?$/);
});
