import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeBudgets, weighBuild } from './budgets.mjs';

/** @type {string} */
let dist;

beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'counterpart-budget-'));
  await mkdir(join(dist, 'assets'));
  await mkdir(join(dist, 'wasm'));
  await mkdir(join(dist, 'models', 'reader'), { recursive: true });
});
afterEach(() => rm(dist, { recursive: true, force: true }));

it('weighs code as it is sent and networks as they are, decoders apart, and leaves WebAssembly, fonts and samples out', async () => {
  const script = 'const a = 1;\n'.repeat(500);
  await writeFile(join(dist, 'assets', 'main.js'), script);
  await writeFile(join(dist, 'assets', 'inter.woff2'), Buffer.alloc(5000));
  await writeFile(join(dist, 'wasm', 'tfjs.wasm'), Buffer.alloc(9000));
  await writeFile(join(dist, 'assets', 'openjpegwasm_decode-Ab_1.js'), script);
  await writeFile(join(dist, 'assets', 'languageModelWorker-Ab_1.js'), script);
  await writeFile(join(dist, 'models', 'reader', 'weights.safetensors'), Buffer.alloc(1234));
  await writeFile(join(dist, 'models', 'reader', 'graph.json'), '{}');
  await writeFile(join(dist, 'models', 'sample.png'), Buffer.alloc(777));
  const [code, networks, codecs, runtime] = await weighBuild(dist);
  expect(code).toMatchObject({ bytes: gzipSync(script, { level: 9 }).byteLength, files: 1 });
  expect(networks).toMatchObject({ bytes: 1236, files: 2 });
  expect(runtime).toMatchObject({ bytes: gzipSync(script, { level: 9 }).byteLength, files: 1 });
  expect(codecs).toMatchObject({ bytes: gzipSync(script, { level: 9 }).byteLength, files: 1 });
});

it('says which budget is exceeded', () => {
  const text = describeBudgets([
    { name: 'app code, gzipped', bytes: 600_001, budget: 600_000, files: 3 },
    { name: 'networks', bytes: 40_000_000, budget: 40_000_000, files: 12 },
  ]);
  expect(text).toMatch(/^OVER app code/m);
  expect(text).toMatch(/^ok {3}networks/m);
});

it('refuses a build that is not there', async () => {
  await expect(weighBuild(join(dist, 'none'))).rejects.toMatchObject({ code: 'build-failed' });
});
