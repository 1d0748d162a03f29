/** This engine against others: the same networks and inputs, in one headless Chromium, in turns. */

import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join, relative } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { REPOSITORY, serveWorkerPage, WORKER_FOLDER } from '../e2e/engine/site';
import { findChromium } from '../scripts/setup/chromium.mjs';
import { modelNames } from '../src/engine/testing/model-files';
import { type BenchOptions, parseBenchOptions, USAGE } from './options';
import type { EngineName, Measurement } from './page/protocol';
import { compare, type Result, type Row, summarise, table } from './report';

const ONNX = join(REPOSITORY, 'build/onnx');
const RESULTS = join(REPOSITORY, 'bench/results');
/** Flags under which headless Chromium offers WebGPU. */
const WEBGPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan,WebGPU'];
const SOFTWARE = ['--use-webgpu-adapter=swiftshader'];

/** @returns the exit status: 1 where there was nothing to compare, 2 for a wrong command line */
export async function main(args: readonly string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = parseBenchOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  const networks = comparable(options);
  if (networks.length === 0) return 1;
  console.log(`${options.threads} threads, ${options.rounds} rounds of ${options.runs} warm runs; load ${loadText()}`);
  const rows = await measureAll(networks, options);
  console.log(`\n${table(rows)}\n\nload ${loadText()}`);
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `${new Date().toISOString().replaceAll(':', '-')}.json`);
  await writeFile(file, `${JSON.stringify({ options, load: loadavg(), rows }, undefined, 2)}\n`);
  console.log(`written to ${relative(REPOSITORY, file)}`);
  return 0;
}

/** Networks that can be measured; says what is missing for onnxruntime-web and how to make it. */
function comparable({ networks: asked, engines }: BenchOptions): string[] {
  const exported = modelNames();
  const unknown = asked.filter((name) => !exported.includes(name));
  if (unknown.length > 0)
    console.error(`Not in models/: ${unknown.join(', ')}. There are: ${exported.join(', ') || 'none'}.`);
  const wanted = asked.length > 0 ? asked.filter((name) => exported.includes(name)) : exported;
  const without = engines.includes('onnxruntime-web-wasm') ? wanted.filter((name) => !hasOnnx(name)) : [];
  if (without.length > 0)
    console.error(
      `No ONNX file for: ${without.join(', ')}. They are not in the repository; the export writes them to ` +
        `${relative(REPOSITORY, ONNX)}/: in training/, run "training export ${without.join(' ')}" (training/README.md).`,
    );
  return wanted;
}

function hasOnnx(network: string): boolean {
  return existsSync(join(ONNX, `${network}.onnx`));
}

async function measureAll(networks: readonly string[], options: BenchOptions): Promise<Row[]> {
  const ort = join(REPOSITORY, 'node_modules/onnxruntime-web/dist');
  const site = await serveWorkerPage('bench/page', [
    { from: ONNX, to: 'onnx', include: (path) => path.endsWith('.onnx') || path.endsWith('.onnx.data') },
    {
      from: ort,
      to: `${WORKER_FOLDER}/ort`,
      include: (path) => /^(?:ort\.wasm\.min|ort-wasm-simd-threaded)\.(?:mjs|wasm)$/.test(path),
    },
  ]);
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: ['--no-sandbox', ...WEBGPU, ...(options.softwareGpu ? SOFTWARE : [])],
    ...(executablePath && { executablePath }),
  });
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    const rows: Row[] = [];
    for (const network of networks) rows.push(await measureNetwork(page, network, options));
    return rows;
  } finally {
    await browser.close();
    await site.close();
  }
}

/** Rounds in opposite order, so that a machine that slows down or speeds up favours none. */
async function measureNetwork(
  page: Page,
  network: string,
  { engines, threads, runs, rounds }: BenchOptions,
): Promise<Row> {
  const found = new Map<EngineName, Measurement[]>();
  const refused = new Map<EngineName, string>();
  for (let round = 0; round < rounds; round++)
    for (const engine of round % 2 === 0 ? engines : engines.toReversed()) {
      if (refused.has(engine)) continue;
      if (engine === 'onnxruntime-web-wasm' && !hasOnnx(network)) {
        refused.set(engine, 'no ONNX file');
        continue;
      }
      const answer = await page.evaluate((job) => globalThis.measure(job), {
        engine,
        network,
        threads,
        warmRuns: runs,
      });
      if ('error' in answer) refused.set(engine, answer.error.split('\n')[0] ?? '');
      else {
        found.set(engine, [...(found.get(engine) ?? []), answer.measurement]);
        console.log(`${network}, ${engine}: ${answer.measurement.warmRunsMs.map((ms) => ms.toFixed(0)).join(', ')} ms`);
      }
    }
  const results = engines.map((engine): [EngineName, Result] => {
    const error = refused.get(engine);
    return [engine, error === undefined ? summarise(found.get(engine) ?? []) : { error }];
  });
  return compare(network, Object.fromEntries(results));
}

function loadText(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(' ');
}
