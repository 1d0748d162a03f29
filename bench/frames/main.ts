/** Frame times and long tasks of the built studio: opening, painting, generating, saving and reopening a large radiograph. */

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Browser, type Page } from '@playwright/test';
import { StudioDriver } from '../../e2e/studio/driver';
import { largeDicom } from '../../e2e/studio/fixtures';
import { inBuiltStudio, TRACED } from '../builtStudio';
import type { Stroke } from './inPage';
import { frameShare, tasksByPhase, type FrameShare, type TraceEvent } from './trace';

const SIDE = 3000;
const STROKE: Stroke = { frames: 120, movesAFrame: 4, pointerType: 'mouse' };
const PATIENCE = 600_000;

/**
 * @param folder of a build; dist/ if left out
 * @returns the exit status
 */
export async function main([folder]: readonly string[] = []): Promise<number> {
  await inBuiltStudio(folder, `${String(SIDE)} × ${String(SIDE)} pixels, 16 bit`, journey);
  return 0;
}

/** Prints a table, a row as soon as it is measured. */
async function journey(browser: Browser, page: Page): Promise<void> {
  const studio = new StudioDriver(page);
  const { name, bytes } = largeDicom(SIDE, SIDE, 16);
  const file = join(await mkdtemp(join(tmpdir(), 'counterpart-frames-')), name);
  await writeFile(file, bytes);
  console.log(
    '| phase | longest task (processor, clock) | over 50 ms (processor, clock) | processor a frame | frames late | 95 % of frames within |\n|---|---|---|---|---|---|',
  );
  const measured = async (phase: string, work: () => Promise<unknown>): Promise<void> => {
    await browser.startTracing(page, { categories: TRACED });
    await page.evaluate((name) => {
      globalThis.frameClock.begin(name);
    }, phase);
    await work();
    const frames = frameShare(await page.evaluate((name) => globalThis.frameClock.end(name), phase));
    console.log(row(phase, await browser.stopTracing(), frames));
  };
  await studio.start();
  await measured('open a 16-bit DICOM', async () => {
    // As a file on disk: bytes handed over by the driver would be decoded by the page.
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Control+o');
    await (await chooser).setFiles(file);
    await studio.read();
  });
  for (const { title, keys, stroke } of STROKES) {
    await page.getByTestId('viewport').locator('.viewport-stage').focus();
    for (const key of keys) await page.keyboard.press(key);
    await measured(title, () => page.evaluate((each) => globalThis.frameClock.stroke(each), { ...STROKE, ...stroke }));
    await page.keyboard.press('Control+z');
  }
  await studio.say('moderate opacity in the right lower zone');
  await studio.fewSteps();
  await measured('generate', () => studio.generate());
  await measured('save', () => expect(page.getByText(/^Saved/).first()).toBeVisible({ timeout: PATIENCE }));
  await page.reload();
  await page.waitForFunction(() => 'frameClock' in globalThis);
  await measured('reopen the project', () =>
    expect(page.getByTestId('changed-outside')).toBeVisible({ timeout: PATIENCE }),
  );
}

/** Each begins where the one before left size and hardness. */
const STROKES: readonly {
  readonly title: string;
  readonly keys: readonly string[];
  readonly stroke?: Partial<Stroke>;
}[] = [
  { title: 'brush', keys: ['b'] },
  { title: 'brush, pen', keys: [], stroke: { pointerType: 'pen' } },
  { title: 'soft brush', keys: repeated('{', 10) },
  { title: 'largest soft brush', keys: repeated(']', 40) },
  { title: 'largest hard brush', keys: repeated('}', 10) },
  { title: 'eraser', keys: ['e'] },
  { title: 'lasso', keys: ['l'] },
  { title: 'ellipse', keys: ['c'] },
  { title: 'box', keys: ['t'] },
];

function repeated(key: string, times: number): readonly string[] {
  return Array.from({ length: times }, () => key);
}

function row(phase: string, trace: Buffer, { frames, late, p95 }: FrameShare): string {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: readonly TraceEvent[] };
  const tasks = tasksByPhase(traceEvents)[phase];
  if (tasks === undefined) return `| ${phase} | not marked | | | | |`;
  const { longestCpu, longestClock, longCpu, longClock, totalCpu } = tasks;
  return `| ${phase} | ${longestCpu.toFixed(0)}, ${longestClock.toFixed(0)} ms | ${String(longCpu)}, ${String(longClock)} | ${(totalCpu / Math.max(1, frames)).toFixed(1)} ms | ${(100 * late).toFixed(0)} % | ${p95.toFixed(1)} ms |`;
}
