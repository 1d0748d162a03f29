/** How long the frames take while a mask is painted on a large radiograph, in headless Chromium. */

import { cpus, loadavg } from 'node:os';
import { chromium } from '@playwright/test';
import { serveWorkerPage } from '../e2e/engine/site';
import { findChromium } from '../scripts/setup/chromium.mjs';
import type { PaintJob, PaintMeasurement } from './painting/protocol';

const BASE = { side: 3000, frames: 240, movesAFrame: 4 } as const;
/** Native pixels of the sizes 3, 12 and 64 of the studio's brush on 3,000 pixels. */
const JOBS: readonly (PaintJob & { readonly title: string })[] = [
  { ...BASE, title: 'small hard brush', radius: 35, hardness: 1 },
  { ...BASE, title: 'usual hard brush', radius: 141, hardness: 1 },
  { ...BASE, title: 'usual soft brush', radius: 141, hardness: 0.5 },
  { ...BASE, title: 'largest hard brush', radius: 750, hardness: 1 },
];

/** @returns the exit status */
export async function main(): Promise<number> {
  const site = await serveWorkerPage('bench/painting', []);
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu'],
    ...(executablePath && { executablePath }),
  });
  try {
    console.log(
      `${String(cpus().length)} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'}; ${String(BASE.side)} × ${String(BASE.side)} pixels, ${String(BASE.movesAFrame)} pointer positions a frame`,
    );
    for (const job of JOBS) {
      const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
      await page.goto(site.url);
      await page.waitForFunction(() => 'paint' in globalThis);
      console.log(`${job.title}: ${summary(await page.evaluate((each) => globalThis.paint(each), job))}`);
      await page.close();
    }
    return 0;
  } finally {
    await browser.close();
    await site.close();
  }
}

function summary({ intervals, work, release }: PaintMeasurement): string {
  const late = intervals.filter((interval) => interval > 20).length;
  return [
    `frame ${quantile(intervals, 0.5)} ms (median), ${quantile(intervals, 0.95)} (95 %)`,
    `work ${quantile(work, 0.5)} ms (median), ${quantile(work, 0.95)} (95 %)`,
    `${String(late)} of ${String(intervals.length)} frames late`,
    `released in ${release.toFixed(0)} ms`,
  ].join('; ');
}

function quantile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
}
