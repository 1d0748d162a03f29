import { expect, test } from '@playwright/test';
import { modelNames } from '../src/engine/testing/model-files';
import { describeGoldens } from './engine/goldens';
import { check, expectKind, serveEngineCheck } from './engine/harness';
import type { Site } from './engine/site';

const TFJS = { backend: 'webgpu', kernels: 'tfjs' } as const;
const OURS = { backend: 'webgpu', kernels: 'wgsl' } as const;

/**
 * The large networks take minutes on a software adapter in a browser, and prove nothing there that the operators' goldens
 * and the same kernels on Dawn in Node (src/engine/webgpu/goldens.test.ts) do not. COUNTERPART_EVERY_GOLDEN=1 runs all.
 */
const networks = (fewer: readonly string[]) => (process.env['COUNTERPART_EVERY_GOLDEN'] ? modelNames() : fewer);

test.describe('tfjs on WebGPU in Chromium', () => {
  // A software adapter computes less than 1 GFLOP/s, and the decoder alone is many.
  test.setTimeout(1_200_000);
  const open = describeGoldens(TFJS, 2e-4, networks(['anatomist']));

  test('is left for wasm by the measurement, where the adapter is software', async ({ page }) => {
    await open(page);
    const { report } = expectKind(await check(page, { kind: 'select' }), 'selection');
    expect(report.chosen).toBe('wasm');
    const webgpu = report.candidates.find(({ backend }) => backend === 'webgpu');
    // Measured and slower, or given up; but not missing.
    expect(webgpu?.calibration?.milliseconds ?? webgpu?.note).toBeTruthy();
    expect(webgpu?.note ?? '').not.toMatch(/does not offer|no graphics adapter/);
    test.info().annotations.push({ type: 'selection', description: JSON.stringify(report) });
  });

  test('says that the device was lost', async ({ page }) => {
    await open(page);
    expect(await check(page, { kind: 'device-loss', ...TFJS })).toMatchObject({ kind: 'failure', code: 'device-lost' });
  });
});

test.describe('our kernels on WebGPU in Chromium', () => {
  test.setTimeout(1_200_000);
  const open = describeGoldens(OURS, 2e-5, networks(['anatomist', 'denoiser']));

  test('say that the device was lost', async ({ page }) => {
    await open(page);
    expect(await check(page, { kind: 'device-loss', ...OURS })).toMatchObject({ kind: 'failure', code: 'device-lost' });
  });

  test('stop between two submissions when their worker is told to', async ({ page }) => {
    await open(page);
    expect(await check(page, { kind: 'cancel', ...OURS })).toMatchObject({ kind: 'failure', code: 'aborted' });
  });
});

test.describe('the studio’s server in Chromium', () => {
  test.setTimeout(600_000);
  let site: Site;
  test.beforeAll(async () => {
    site = await serveEngineCheck();
  });
  test.afterAll(() => site.close());

  test('makes an edit anew on a new device when the first is destroyed in the middle of it', async ({ page }) => {
    await page.goto(site.url);
    const { posted } = expectKind(await check(page, { kind: 'recovery', losses: 1 }), 'recovery');
    expect(posted.slice(0, 2)).toEqual(['started webgpu', 'device-changed webgpu']);
    // Both edits are the same, one of them begun twice.
    expect(posted[2]).toMatch(/^generated -?\d+$/);
    expect(posted.slice(3)).toEqual([posted[2]]);
  });

  test('takes the CPU when devices are destroyed one after another', async ({ page }) => {
    await page.goto(site.url);
    const { posted } = expectKind(await check(page, { kind: 'recovery', losses: 3 }), 'recovery');
    expect(posted.map((each) => each.replace(/ -?\d+$/, ''))).toEqual([
      'started webgpu',
      'device-changed webgpu',
      'device-changed webgpu',
      'device-changed wasm',
      'generated',
      'generated',
    ]);
  });
});
