/** What the main thread does in a frame while the grid of a review is scrolled: a run of many results, in a folder of the browser's own storage. */

import { parseArgs } from 'node:util';
import { expect, type Browser, type Page } from '@playwright/test';
import { StudioDriver } from '../../e2e/studio/driver';
import { itemsOf, type Outcome } from '../../src/run/item';
import { lineOf } from '../../src/run/journal';
import { encodeStrip, previewPath } from '../../src/state/run/strip';
import { inBuiltStudio, TRACED } from '../builtStudio';
import { frameShare, tasksByPhase, type TraceEvent } from '../frames/trace';

/** As small pictures are kept: 288 pixels along the longer side. */
const [WIDTH, HEIGHT] = [257, 288];
/** Pictures that differ; they come again, each in a file of its own. */
const DIFFERENT = 20;
/** Pixels of one frame: a slow wheel, a fast one, and the bar drawn along. */
const SPEEDS = [8, 40, 200];
const FRAMES = 240;

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { items: { type: 'string', default: '500' } },
  });
  await inBuiltStudio(
    positionals[0],
    `${values.items} results, 1440 × 900, no graphics adapter`,
    async (browser, page) => {
      await openReview(page, Number(values.items));
      console.log(
        '| pixels a frame | processor a frame | longest task (processor, clock) | frames late | 95 % of frames within |\n|---|---|---|---|---|',
      );
      for (const speed of SPEEDS) console.log(await scrolled(browser, page, speed));
    },
  );
  return 0;
}

async function openReview(page: Page, count: number): Promise<void> {
  // The folder that is chosen is one of the browser's own storage: a dialog of the system cannot be driven.
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      showDirectoryPicker: async () => (await navigator.storage.getDirectory()).getDirectoryHandle('review'),
    });
  });
  await new StudioDriver(page).start();
  const seeds = Array.from({ length: count }, (_, at) => at + 1);
  const items = itemsOf(['film.png'], ['moderate left effusion'], seeds);
  const journal = items
    .map((item): Outcome => {
      const file_name = `images/${item.id}.png`;
      const row = { file_name, source_file: item.film, request: item.request, receipt: 'amber', class: 'effusion' };
      return { status: 'done', item, files: [file_name], row, milliseconds: 1000 };
    })
    .map(lineOf)
    .join('');
  const pictures = Array.from({ length: DIFFERENT }, (_, at) => Buffer.from(stripAt(at)).toString('base64'));
  const paths = items.map(({ id }) => previewPath(id).replace(/^.*\//, ''));
  await page.evaluate(
    async ({ journal, pictures, paths }) => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('review', { create: true });
      const previews = await folder.getDirectoryHandle('previews', { create: true });
      const write = async (into: FileSystemDirectoryHandle, name: string, data: string | Uint8Array<ArrayBuffer>) => {
        const stream = await (await into.getFileHandle(name, { create: true })).createWritable();
        await stream.write(data);
        await stream.close();
      };
      const bytes = pictures.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
      for (const [at, path] of paths.entries()) {
        const picture = bytes[at % bytes.length];
        if (picture !== undefined) await write(previews, path, picture);
      }
      await write(folder, 'journal.jsonl', journal);
    },
    { journal, pictures, paths },
  );
  await page.keyboard.press('Control+k');
  await page.keyboard.type('runs of plans');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Open a folder of results/ }).click();
  await page.getByRole('tab', { name: /^Review/ }).click();
  await expect(page.getByRole('listbox', { name: 'Results to review' }).locator('canvas').first()).toBeVisible();
}

/** Smooth shades with some noise, another for each number. */
function stripAt(at: number): Uint8Array {
  const panel = (more: number): Uint8Array =>
    Uint8Array.from({ length: WIDTH * HEIGHT }, (_, pixel) => {
      const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
      return 128 + 80 * Math.sin(x / (20 + at)) * Math.cos(y / 30 + more) + ((pixel * 7919 * (at + 1)) % 13);
    });
  const bytes = encodeStrip({ width: WIDTH, height: HEIGHT, source: panel(0), result: panel(1), change: panel(2) });
  if (bytes === undefined) throw new Error('a strip has a source');
  return bytes;
}

async function scrolled(browser: Browser, page: Page, speed: number): Promise<string> {
  const phase = `scroll ${String(speed)}`;
  await browser.startTracing(page, { categories: TRACED });
  const times = await page.evaluate(
    async ({ phase, speed, frames }) => {
      const list = document.querySelector('[role=listbox]');
      if (list === null) throw new Error('there is no list');
      list.scrollTop = 0;
      const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      await nextFrame();
      await nextFrame();
      globalThis.frameClock.begin(phase);
      for (let frame = 0; frame < frames; frame++) {
        list.scrollTop += speed;
        await nextFrame();
      }
      return globalThis.frameClock.end(phase);
    },
    { phase, speed, frames: FRAMES },
  );
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: readonly TraceEvent[] };
  const tasks = tasksByPhase(traceEvents)[phase];
  const { frames, late, p95 } = frameShare(times);
  if (tasks === undefined) return `| ${String(speed)} | not marked | | | |`;
  return `| ${String(speed)} | ${(tasks.totalCpu / Math.max(1, frames)).toFixed(1)} ms | ${tasks.longestCpu.toFixed(0)}, ${tasks.longestClock.toFixed(0)} ms | ${(100 * late).toFixed(0)} % | ${p95.toFixed(1)} ms |`;
}
