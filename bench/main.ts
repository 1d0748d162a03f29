/** This engine against others: the same networks, inputs and edits, in one Chromium, in turns. */

import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join, relative } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { REPOSITORY, serveWorkerPage, WORKER_FOLDER } from '../e2e/engine/site';
import { findChromium } from '../scripts/setup/chromium.mjs';
import { modelNames } from '../src/engine/testing/model-files';
import type { MatmulPeak } from '../src/engine/webgpu/peak';
import { EDIT_NETWORKS } from '../src/networks/suite';
import type { Refusal } from '../src/worker/bench/measurements';
import { foreignFolders, missingFiles } from './foreign-files';
import { type BenchOptions, parseBenchOptions, USAGE } from './options';
import type { BenchAnswer, EngineName, Job, Yields } from './page/protocol';
import { type EditRow, editRow, editTable, type NetworkRow, networkRow, networkTable } from './report';

const RESULTS = join(REPOSITORY, 'bench/results');
/** Flags under which headless Chromium offers WebGPU; on Linux only by Vulkan. */
const WEBGPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan,WebGPU', '--ignore-gpu-blocklist'];
const SOFTWARE = ['--use-webgpu-adapter=swiftshader', '--enable-unsafe-swiftshader'];

interface Findings {
  readonly peak: MatmulPeak | Refusal;
  readonly networks: readonly NetworkRow[];
  readonly edits: readonly EditRow[];
}

/** @returns the exit status: 1 where there was nothing to compare, 2 for a wrong command line */
export async function main(args: readonly string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = parseBenchOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  const exported = modelNames();
  const unknown = options.networks.filter((name) => !exported.includes(name));
  if (exported.length === 0 || unknown.length > 0) {
    console.error(`Not in models/: ${unknown.join(', ')}. There are: ${exported.join(', ') || 'none'}.`);
    return 1;
  }
  const networks = options.networks.length > 0 ? options.networks : exported;
  const needed = options.edits.length > 0 ? [...new Set([...networks, ...EDIT_NETWORKS])] : networks;
  for (const line of missingFiles(join(REPOSITORY, 'build'), options.engines, needed)) console.error(line);
  console.log(`${options.threads} threads, ${options.rounds} rounds of ${options.runs} warm runs; load ${loadText()}`);
  const findings = await measureAll(networks, options);
  console.log(`\n${describe(findings)}\n\nload ${loadText()}`);
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `${new Date().toISOString().replaceAll(':', '-')}.json`);
  await writeFile(file, `${JSON.stringify({ options, load: loadavg(), ...findings }, undefined, 2)}\n`);
  console.log(`written to ${relative(REPOSITORY, file)}`);
  return 0;
}

function describe({ peak, networks, edits }: Findings): string {
  const matrix =
    'error' in peak
      ? `matrix peak of the adapter: not measured (${peak.error})`
      : `matrix peak of the adapter: ${peak.gigaflops.toFixed(1)} GFLOP/s (${peak.size}³, ${peak.variant})`;
  const tables = [networks.length > 0 ? networkTable(networks) : '', edits.length > 0 ? editTable(edits) : ''];
  return [matrix, ...tables.filter((text) => text !== '')].join('\n\n');
}

async function measureAll(networks: readonly string[], options: BenchOptions): Promise<Findings> {
  const site = await serveWorkerPage('bench/page', await foreignFolders(REPOSITORY, WORKER_FOLDER));
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: ['--no-sandbox', ...WEBGPU, ...(options.softwareGpu ? SOFTWARE : [])],
    headless: !options.headed,
    ...(executablePath && { executablePath }),
  });
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    const processor = await processorClock(browser);
    const { threads, runs, editRuns, steps, rows: rowsOfRun } = options;
    const peak = await measure(page, { kind: 'peak' });
    const gigaflops = 'error' in peak ? undefined : peak.measurement.gigaflops;
    const engines = enginesFor(options, gigaflops);
    const rows: NetworkRow[] = [];
    for (const network of networks) {
      const job = (engine: EngineName) =>
        ({ kind: 'network', engine, network, rows: rowsOfRun, threads, warmRuns: runs }) as const;
      rows.push(networkRow(network, await inTurns(page, processor, engines, options.rounds, network, job), gigaflops));
    }
    const edits: EditRow[] = [];
    for (const edit of options.edits)
      for (const side of options.sides) {
        const job = (engine: EngineName) =>
          ({ kind: 'edit', engine, edit, side, steps, threads, warmRuns: editRuns }) as const;
        const what = side === undefined ? edit : `${edit} ${String(side)}²`;
        edits.push(editRow(what, await inTurns(page, processor, engines, options.rounds, what, job)));
      }
    return { peak: 'error' in peak ? peak : peak.measurement, networks: rows, edits };
  } finally {
    await browser.close();
    await site.close();
  }
}

/** GFLOP/s below which an adapter is taken for software: the least of GPUs computes ten times as much. */
const SOFTWARE_PEAK = 20;

/** In a hurry, no engine is measured on a GPU that is none: it would take minutes and say nothing. */
function enginesFor({ engines, quick, softwareGpu }: BenchOptions, peak = 0): readonly EngineName[] {
  if (!quick || softwareGpu || peak > SOFTWARE_PEAK) return engines;
  const onGpu = engines.filter((name) => name === 'wgsl' || /web(?:gpu|gl)$/.test(name));
  if (onGpu.length > 0) console.log(`left out, for there is no GPU here: ${onGpu.join(', ')}`);
  return engines.filter((name) => !onGpu.includes(name));
}

/** Rounds in opposite order, so that a machine that slows down or speeds up favours none. */
async function inTurns<Kind extends 'network' | 'edit'>(
  page: Page,
  processor: () => Promise<number>,
  engines: readonly EngineName[],
  rounds: number,
  what: string,
  jobOf: (engine: EngineName) => Extract<Job, { kind: Kind }>,
): Promise<Partial<Record<EngineName, readonly Yields[Kind][] | Refusal>>> {
  const found: Partial<Record<EngineName, Yields[Kind][] | Refusal>> = {};
  for (let round = 0; round < rounds; round++)
    for (const engine of round % 2 === 0 ? engines : engines.toReversed()) {
      const before = found[engine] ?? [];
      if ('error' in before) continue;
      const began = await processor();
      const answer = await measure<Kind>(page, jobOf(engine));
      const spent = `; ${((await processor()) - began).toFixed(1)} s of processor time in all`;
      found[engine] = 'error' in answer ? answer : [...before, answer.measurement];
      console.log(`${what}, ${engine}: ${'error' in answer ? answer.error : warm(answer.measurement) + spent}`);
    }
  return found;
}

/** Seconds of processor time so far of all pages: what other processes take from the machine does not count. */
async function processorClock(browser: Browser): Promise<() => Promise<number>> {
  const session = await browser.newBrowserCDPSession();
  return async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
}

function warm(measured: Yields['network' | 'edit']): string {
  const times = 'warmRunsMs' in measured ? measured.warmRunsMs : [measured.firstMs, ...measured.warmMs];
  return `${times.map((each) => each.toFixed(0)).join(', ')} ms`;
}

async function measure<Kind extends Job['kind']>(
  page: Page,
  job: Extract<Job, { kind: Kind }>,
): Promise<BenchAnswer<Kind>> {
  // The page answers a job with a measurement of its kind.
  const answer = (await page.evaluate((each: Job) => globalThis.measure(each), job)) as BenchAnswer<Kind>;
  return 'error' in answer ? { error: answer.error.split('\n')[0] ?? '' } : answer;
}

function loadText(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(' ');
}
